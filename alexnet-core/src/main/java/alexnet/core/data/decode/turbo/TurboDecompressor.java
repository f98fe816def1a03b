package alexnet.core.data.decode.turbo;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

import alexnet.core.data.decode.Pool;

/**
 * One of the library's decompressors with memory outside the heap for a JPEG and its pixels. Used by the thread that took it until that
 * closes it, for others to use: none is ever destroyed, and there are as many as threads have decoded at once.
 */
public final class TurboDecompressor implements AutoCloseable {

    /** How pixels are laid out. */
    public enum Layout {
        /** An int in the machine's order, {@code 0x??RRGGBB}. */
        RGB(TurboJpeg.INT_RGB, Integer.BYTES),
        /** Four bytes, inks as they are stored. */
        CMYK(TurboJpeg.CMYK, Integer.BYTES),
        /** A byte. */
        GREY(TurboJpeg.GREY, 1);

        private final int format;
        private final int bytes;

        Layout(int format, int bytes) {
            this.format = format;
            this.bytes = bytes;
        }

        /** Bytes of a pixel. */
        public int bytes() {
            return bytes;
        }
    }

    /**
     * What the header of a JPEG says, as far as it concerns pixels.
     *
     * @param colours whether it holds RGB in some form, and not grey or inks
     * @param grey    whether it has one component
     */
    public record Header(int width, int height, boolean colours, boolean grey) {
    }

    /** {@code TJFLAG_LIMITSCANS}: a progressive JPEG of more than 500 scans means harm. */
    private static final int FLAGS = 32_768;
    private static final int HEADER_NUMBERS = 4;
    /** {@code TJCS_RGB}, {@code TJCS_YCbCr} and {@code TJCS_GRAY} */
    private static final int RGB = 0;
    private static final int YCBCR = 1;
    private static final int GREY = 2;

    private static final Pool<TurboDecompressor> POOL = new Pool<>(() -> new TurboDecompressor(TurboJpeg.INSTALLED.orElseThrow()));

    private final TurboJpeg library;
    private final MemorySegment handle;
    private final Buffer input = new Buffer();
    private final Buffer output = new Buffer();
    private final Buffer numbers = new Buffer();

    private TurboDecompressor(TurboJpeg library) {
        this.library = library;
        handle = library.newDecompressor();
    }

    /** The release of the library, if it is installed. */
    public static Optional<String> version() {
        return TurboJpeg.INSTALLED.map(TurboJpeg::version);
    }

    /**
     * One that no other thread uses.
     *
     * @throws java.util.NoSuchElementException if the library is not installed
     */
    public static TurboDecompressor take() {
        return POOL.take();
    }

    /** Memory for a JPEG of so many bytes, until the next call. */
    public MemorySegment input(long bytes) {
        return input.ofSize(bytes);
    }

    /**
     * Reads the header.
     *
     * @throws TurboException if there is none that can be used
     */
    public Header header(MemorySegment jpeg) throws TurboException {
        MemorySegment ints = numbers.ofSize(HEADER_NUMBERS * Integer.BYTES);
        if (library.decompressHeader(handle, jpeg, ints) != 0) {
            throw new TurboException(library.message(handle));
        }
        int space = ints.getAtIndex(ValueLayout.JAVA_INT, 3);
        return new Header(ints.getAtIndex(ValueLayout.JAVA_INT, 0), ints.getAtIndex(ValueLayout.JAVA_INT, 1), space == RGB || space == YCBCR, space == GREY);
    }

    /**
     * Decodes.
     *
     * @param jpeg   outside the heap
     * @param width  the JPEG's, or a half, a quarter or an eighth of it, rounded up
     * @param height the same part of its height
     * @return {@code [height][width]} in the layout, until the decompressor is used again
     * @throws TurboException if it cannot be decoded, or not without a warning: a failure behind a warning looks the same, and
     *                        leaves pixels of the image before
     */
    public MemorySegment decompress(MemorySegment jpeg, int width, int height, Layout layout) throws TurboException {
        MemorySegment pixels = output.ofSize((long) width * height * layout.bytes);
        if (library.decompress(handle, jpeg, pixels, width, height, layout.format, FLAGS) != 0) {
            throw new TurboException(library.message(handle));
        }
        return pixels;
    }

    /** Lets others use it; segments that it gave are no longer valid. */
    @Override
    public void close() {
        input.done();
        output.done();
        POOL.giveBack(this);
    }
}
