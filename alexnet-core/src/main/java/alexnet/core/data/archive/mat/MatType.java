package alexnet.core.data.archive.mat;

/** What the bytes of an element are, see "MAT-File Format", table 1-1. */
enum MatType {
    INT8(1, 1), UINT8(2, 1), INT16(3, 2), UINT16(4, 2), INT32(5, 4), UINT32(6, 4), SINGLE(7, 4), DOUBLE(9, 8), INT64(12, 8), UINT64(13, 8),
    MATRIX(14, 1), COMPRESSED(15, 1), UTF8(16, 1), UTF16(17, 2), UTF32(18, 4);

    private final int number;
    private final int bytes;

    MatType(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    static MatType of(int number) {
        for (MatType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new IllegalArgumentException("there is no kind of data " + number);
    }

    /** Bytes of a number. */
    int bytes() {
        return bytes;
    }

    boolean isNumber() {
        return this != MATRIX && this != COMPRESSED;
    }
}
