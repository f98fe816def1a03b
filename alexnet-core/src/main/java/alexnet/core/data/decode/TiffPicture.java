package alexnet.core.data.decode;

import javax.imageio.ImageReadParam;
import java.io.IOException;
import java.util.Set;

/** The first page of a TIFF. */
final class TiffPicture implements Picture {

    private static final long JPEG = 7;
    /** None, CCITT's three, LZW, JPEG in its old and its new way, deflate by its two numbers, and PackBits. */
    private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 6L, JPEG, 8L, 32_773L, 32_946L);

    private static final long SIGNED = 2;
    /** The reader lays out others wrongly and says nothing of it. */
    private static final Set<Long> DEPTHS = Set.of(1L, 2L, 4L, 8L, 16L, 32L, 64L);

    private final byte[] bytes;
    private final Orientation orientation;
    private final ReaderHeader header;

    private TiffPicture(byte[] bytes, Orientation orientation) throws IOException {
        this.bytes = bytes;
        this.orientation = orientation;
        header = ReaderHeader.of("tiff", bytes);
    }

    static TiffPicture open(byte[] file) throws IOException {
        byte[] bytes = file.clone();
        var tags = new TiffTags(bytes);
        requireSupported(tags);
        requireWhole(tags.integers(TiffTags.STRIP_OFFSETS), tags.integers(TiffTags.STRIP_BYTE_COUNTS), bytes.length);
        requireWhole(tags.integers(TiffTags.TILE_OFFSETS), tags.integers(TiffTags.TILE_BYTE_COUNTS), bytes.length);
        tags.hide(TiffTags.ICC_PROFILE);
        return new TiffPicture(bytes, tags.orientation());
    }

    private static void requireSupported(TiffTags tags) throws ImageException {
        for (long compression : tags.integers(TiffTags.COMPRESSION)) {
            if (!COMPRESSIONS.contains(compression)) {
                throw new ImageException("TIFFs of compression " + compression + " are not supported");
            }
            // The reader takes the fourth component for an ink.
            if (compression == JPEG && tags.entry(TiffTags.EXTRA_SAMPLES) >= 0) {
                throw new ImageException("TIFFs that keep alpha as JPEG are not supported");
            }
        }
        for (long bits : tags.integers(TiffTags.BITS_PER_SAMPLE)) {
            if (!DEPTHS.contains(bits)) {
                throw new ImageException("TIFFs of " + bits + " bits a sample are not supported");
            }
        }
        for (long format : tags.integers(TiffTags.SAMPLE_FORMAT)) {
            if (format == SIGNED) {
                throw new ImageException("TIFFs of signed samples are not supported");
            }
        }
    }

    /** Readers fill in what lies behind the end of a file. */
    private static void requireWhole(long[] offsets, long[] counts, long length) throws ImageException {
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] < 0 || offsets[i] > length || i < counts.length && counts[i] > length - offsets[i]) {
                throw new ImageException("damaged or truncated TIFF");
            }
        }
    }

    @Override
    public int width() {
        return header.width();
    }

    @Override
    public int height() {
        return header.height();
    }

    @Override
    public long memory(int step) {
        return header.memory(step);
    }

    @Override
    public DecodedImage decode(int step) throws IOException {
        return orientation.upright(Pixels.of(Readers.read("tiff", bytes, reader -> {
            ImageReadParam asStored = reader.getDefaultReadParam();
            // By itself the reader would forget that colours have been multiplied by alpha.
            asStored.setDestinationType(reader.getRawImageType(0));
            return reader.read(0, asStored);
        })));
    }
}
