package alexnet.core.data.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The first directory of a TIFF, which is also what EXIF is: where tags stand and what integers they hold. A second
 * directory tells of a thumbnail or of other pages. Works on classic and big TIFFs; never reads outside of the bytes.
 */
final class TiffTags {

    static final int BITS_PER_SAMPLE = 258;
    static final int COMPRESSION = 259;
    static final int STRIP_OFFSETS = 273;
    static final int ORIENTATION = 274;
    static final int STRIP_BYTE_COUNTS = 279;
    static final int TILE_OFFSETS = 324;
    static final int TILE_BYTE_COUNTS = 325;
    static final int EXTRA_SAMPLES = 338;
    static final int SAMPLE_FORMAT = 339;
    static final int ICC_PROFILE = 34_675;

    private static final byte[] HEAD = {'E', 'x', 'i', 'f', 0, 0};

    private final ByteBuffer bytes;
    private final boolean big;
    /** Of each tag, where its entry begins. */
    private final Map<Integer, Integer> entries = new HashMap<>();

    /** @throws ImageException if there is no directory in the bytes */
    TiffTags(byte[] tiff) throws ImageException {
        bytes = ByteBuffer.wrap(tiff);
        try {
            bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            big = bytes.getShort(2) == 43;
            int directory = Math.toIntExact(big ? bytes.getLong(8) : bytes.getInt(4));
            int count = Math.toIntExact(big ? bytes.getLong(directory) : bytes.getShort(directory) & 0xFFFF);
            for (int i = 0; i < count; i++) {
                int entry = directory + (big ? 8 + 20 * i : 2 + 12 * i);
                // An entry that is cut short belongs to a directory that is.
                bytes.get(entry + (big ? 19 : 11));
                entries.putIfAbsent(bytes.getShort(entry) & 0xFFFF, entry);
            }
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new ImageException("damaged or truncated TIFF", e);
        }
    }

    /** What EXIF says of the main picture, {@link Orientation#NORMAL} if it is damaged: that harms no pixel. */
    static Orientation orientation(byte[] exif) {
        // The head that it has in a JPEG; some programs write it in other formats, too.
        boolean headed = Arrays.mismatch(exif, HEAD) == HEAD.length;
        try {
            return new TiffTags(headed ? Arrays.copyOfRange(exif, HEAD.length, exif.length) : exif).orientation();
        } catch (ImageException damaged) {
            return Orientation.NORMAL;
        }
    }

    Orientation orientation() throws ImageException {
        long[] number = integers(ORIENTATION);
        return number.length == 1 ? Orientation.of(number[0]) : Orientation.NORMAL;
    }

    /** Where the entry of a tag begins; -1 if there is none. */
    int entry(int tag) {
        return entries.getOrDefault(tag, -1);
    }

    /** The values of a tag of a 16-, 32- or 64-bit integer type; none if the tag is missing or of another type. */
    long[] integers(int tag) throws ImageException {
        int entry = entry(tag);
        if (entry < 0) {
            return new long[0];
        }
        int width = switch (bytes.getShort(entry + 2)) {
            case 3 -> Short.BYTES;
            case 4 -> Integer.BYTES;
            case 16 -> Long.BYTES;
            default -> 0;
        };
        if (width == 0) {
            return new long[0];
        }
        try {
            int count = Math.toIntExact(big ? bytes.getLong(entry + 4) : bytes.getInt(entry + 4) & 0xFFFFFFFFL);
            int inline = entry + (big ? 12 : 8);
            int from = Math.multiplyExact(count, width) <= (big ? 8 : 4) ? inline
                    : Math.toIntExact(big ? bytes.getLong(inline) : bytes.getInt(inline));
            if (count < 0 || from < 0 || from > bytes.limit() - count * width) {
                throw new ImageException("damaged or truncated TIFF");
            }
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                int place = from + i * width;
                values[i] = switch (width) {
                    case Short.BYTES -> bytes.getShort(place) & 0xFFFF;
                    case Integer.BYTES -> bytes.getInt(place) & 0xFFFFFFFFL;
                    default -> bytes.getLong(place);
                };
            }
            return values;
        } catch (ArithmeticException e) {
            throw new ImageException("damaged or truncated TIFF", e);
        }
    }

    /** Makes a tag one that no reader knows. */
    void hide(int tag) {
        int entry = entry(tag);
        if (entry >= 0) {
            bytes.putShort(entry, (short) 65_000);
        }
    }
}
