package alexnet.core.data.archive.mat;

import java.nio.ByteBuffer;

/** Real numbers, column by column, as they are stored. */
public final class MatNumbers implements MatValue {

    private final MatType type;
    private final ByteBuffer bytes;

    MatNumbers(MatType type, ByteBuffer bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /** How many. */
    public int count() {
        return bytes.limit() / type.bytes();
    }

    /** One of them. */
    public double get(int index) {
        int at = index * type.bytes();
        return switch (type) {
            case INT8 -> bytes.get(at);
            case UINT8, UTF8 -> bytes.get(at) & 0xFF;
            case INT16 -> bytes.getShort(at);
            case UINT16, UTF16 -> bytes.getShort(at) & 0xFFFF;
            case INT32, UTF32 -> bytes.getInt(at);
            case UINT32 -> bytes.getInt(at) & 0xFFFF_FFFFL;
            case SINGLE -> bytes.getFloat(at);
            case DOUBLE -> bytes.getDouble(at);
            case INT64 -> bytes.getLong(at);
            case UINT64 -> bytes.getLong(at) < 0 ? bytes.getLong(at) + 0x1p64 : bytes.getLong(at);
            case MATRIX, COMPRESSED -> throw new IllegalStateException(type + " is no number");
        };
    }
}
