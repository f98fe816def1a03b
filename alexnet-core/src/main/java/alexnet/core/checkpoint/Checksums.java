package alexnet.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What a file says of itself so that damage is noticed: an entry of its metadata with the CRC-32C of its header, length
 * included, where the header's own eight digits count as zeros, and that of all bytes behind the header.
 */
final class Checksums {

    /** The entry's name. */
    static final String ENTRY = "checksum";
    /** Its text before anything is known. */
    static final String UNKNOWN = text("00000000", "00000000");

    private static final int DIGITS = 8;
    /** With its quotes, as no text within a text can hold it. */
    private static final Pattern ENTRY_TEXT = Pattern.compile('"' + text("([0-9a-f]{8})", "([0-9a-f]{8})") + '"');

    private Checksums() {
    }

    private static String text(String header, String tensors) {
        return "crc32c header=" + header + " tensors=" + tensors;
    }

    /** Puts the checksums into a header whose metadata begin with {@link #UNKNOWN}. */
    static void seal(byte[] header, int tensors) {
        Matcher place = find(header);
        if (!place.find()) {
            throw new IllegalArgumentException("the header has no entry " + ENTRY);
        }
        put(tensors, header, place.start(2));
        put(ofHeader(header, place.start(1)), header, place.start(1));
    }

    /**
     * Makes sure that a header is as it was written, before anything in it is believed.
     *
     * @return the checksum of the tensors; none in a file that has no checksums
     * @throws CheckpointException if it is damaged
     */
    static OptionalInt requireWhole(Path file, byte[] header) {
        Matcher found = find(header);
        if (!found.find()) {
            return OptionalInt.empty();
        }
        require(file, "header", Integer.parseUnsignedInt(found.group(1), 16), ofHeader(header, found.start(1)));
        return OptionalInt.of(Integer.parseUnsignedInt(found.group(2), 16));
    }

    /** Makes sure that a file which seems to have no checksums has no damaged ones. */
    static void requireNone(Path file, Map<String, String> metadata) {
        if (metadata.containsKey(ENTRY)) {
            throw new CheckpointException(file + " is damaged: its checksum cannot be read");
        }
    }

    /** Compares what a part of the file is with what it was. */
    static void require(Path file, String part, int written, int read) {
        if (written != read) {
            throw new CheckpointException(file + " is damaged: its checksum says that the " + part + " had CRC-32C " + digits(written)
                    + ", it has " + digits(read));
        }
    }

    private static Matcher find(byte[] header) {
        return ENTRY_TEXT.matcher(new String(header, StandardCharsets.ISO_8859_1));
    }

    private static int ofHeader(byte[] header, int ownDigits) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).flip());
        crc.update(header, 0, ownDigits);
        crc.update("0".repeat(DIGITS).getBytes(StandardCharsets.US_ASCII));
        crc.update(header, ownDigits + DIGITS, header.length - ownDigits - DIGITS);
        return (int) crc.getValue();
    }

    private static void put(int checksum, byte[] header, int place) {
        System.arraycopy(digits(checksum).getBytes(StandardCharsets.US_ASCII), 0, header, place, DIGITS);
    }

    private static String digits(int checksum) {
        return String.format("%08x", checksum);
    }
}
