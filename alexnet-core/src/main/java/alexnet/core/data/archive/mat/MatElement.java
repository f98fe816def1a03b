package alexnet.core.data.archive.mat;

import java.nio.ByteBuffer;

/**
 * A tag and what follows it.
 *
 * @param type  what it is
 * @param bytes its data, from 0 on
 */
record MatElement(MatType type, ByteBuffer bytes) {

    static final int TAG = 8;
    private static final int SMALL = 4;

    /**
     * Reads one and goes behind it.
     *
     * @throws IllegalArgumentException if it is damaged or does not lie within the buffer
     */
    static MatElement read(ByteBuffer from) {
        if (from.remaining() < TAG) {
            throw new IllegalArgumentException("it ends within a tag");
        }
        int first = from.getInt();
        int length = first >>> Short.SIZE;
        if (length != 0) {
            if (length > SMALL) {
                throw new IllegalArgumentException("a small element of " + length + " bytes");
            }
            ByteBuffer bytes = from.slice(from.position(), length).order(from.order());
            from.position(from.position() + SMALL);
            return new MatElement(MatType.of(first & 0xFFFF), bytes);
        }
        MatType type = MatType.of(first);
        length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException("an element should have " + Integer.toUnsignedString(length) + " bytes, of which " + from.remaining() + " are there");
        }
        ByteBuffer bytes = from.slice(from.position(), length).order(from.order());
        int padded = type == MatType.COMPRESSED ? length : Math.ceilDiv(length, TAG) * TAG;
        from.position(Math.min(from.limit(), from.position() + padded));
        return new MatElement(type, bytes);
    }

    /** The same of numbers. */
    static MatElement numbers(ByteBuffer from) {
        MatElement element = read(from);
        if (!element.type.isNumber() || element.bytes.limit() % element.type.bytes() != 0) {
            throw new IllegalArgumentException(element.bytes.limit() + " bytes of " + element.type + " where numbers should be");
        }
        return element;
    }
}
