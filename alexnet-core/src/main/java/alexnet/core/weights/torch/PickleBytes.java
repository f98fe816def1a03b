package alexnet.core.weights.torch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, of which none is taken that is not there. */
final class PickleBytes {

    /** Of the digits of a number, far more than any has. */
    private static final int LONGEST_NUMBER = 256;

    private final ByteBuffer bytes;
    private final Refusal refusal;

    PickleBytes(ByteBuffer bytes, Refusal refusal) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.refusal = refusal;
    }

    /** Where the next one is. */
    int position() {
        return bytes.position();
    }

    int unsignedByte() {
        return require(1).get() & 0xFF;
    }

    int unsignedShort() {
        return require(Short.BYTES).getShort() & 0xFFFF;
    }

    int signedInt() {
        return require(Integer.BYTES).getInt();
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() {
        return require(Long.BYTES).getLong();
    }

    /** Most significant byte first, as only this number of a pickle has them. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    /** An integer in two's complement, of so many bytes. */
    BigInteger whole(long length) {
        refusal.require(length >= 0 && length <= LONGEST_NUMBER, "its pickle has a number of " + length + " bytes");
        byte[] littleEndian = bytes(length);
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        }
        return bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
    }

    /** An integer in digits, with or without Python 2's L behind it. */
    BigInteger whole(String line) {
        String digits = line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
        refusal.require(digits.length() <= LONGEST_NUMBER && digits.matches("[+-]?[0-9]+"), "its pickle has the number " + digits);
        return new BigInteger(digits);
    }

    /** A floating-point number on a line. */
    double realLine() {
        String digits = line();
        refusal.require(digits.length() <= LONGEST_NUMBER, "its pickle has the number " + digits);
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw refusal.damaged("its pickle has the number " + digits);
        }
    }

    /** Text of so many bytes. */
    String text(long length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    /** Text up to the end of a line. */
    String line() {
        for (int end = bytes.position(); end < bytes.limit(); end++) {
            if (bytes.get(end) == '\n') {
                String line = text(end - bytes.position());
                bytes.get();
                return line;
            }
        }
        throw refusal.damaged("its pickle ends within a line");
    }

    /** Whether these characters are anywhere among them, read or not. */
    boolean contain(String ascii) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate().position(0)).toString().contains(ascii);
    }

    /** Goes on behind so many bytes. */
    void skip(long length) {
        require(length);
        bytes.position(bytes.position() + (int) length);
    }

    private byte[] bytes(long length) {
        require(length);
        byte[] read = new byte[(int) length];
        bytes.get(read);
        return read;
    }

    private ByteBuffer require(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw refusal.damaged("its pickle ends, or is cut off, at byte " + bytes.limit() + ", where " + Long.toUnsignedString(length)
                    + " more should be");
        }
        return bytes;
    }
}
