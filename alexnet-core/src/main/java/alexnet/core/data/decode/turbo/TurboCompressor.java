package alexnet.core.data.decode.turbo;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import alexnet.core.data.decode.Pool;

/** One of the library's compressors with its memory, taken and given back as a {@link TurboDecompressor}. */
public final class TurboCompressor implements AutoCloseable {

    /** {@code TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT}: one transform for all qualities, the same on all processors. */
    private static final int FLAGS = 1024 | 4096;
    /** {@code TJSAMP_420} and {@code TJSAMP_GRAY} */
    private static final int HALVED = 2;
    private static final int GREY = 3;

    private static final Pool<TurboCompressor> POOL = new Pool<>(() -> new TurboCompressor(TurboJpeg.INSTALLED.orElseThrow()));

    private final TurboJpeg library;
    private final MemorySegment handle;
    private final Buffer input = new Buffer();
    private final Buffer output = new Buffer();
    private final Buffer place = new Buffer();

    private TurboCompressor(TurboJpeg library) {
        this.library = library;
        handle = library.newCompressor();
    }

    /**
     * One that no other thread uses.
     *
     * @throws java.util.NoSuchElementException if the library is not installed
     */
    public static TurboCompressor take() {
        return POOL.take();
    }

    /** Memory for so many bytes of pixels, until the next call. */
    public MemorySegment input(long bytes) {
        return input.ofSize(bytes);
    }

    /**
     * A baseline JPEG, colours with a chroma sample for 2 × 2 pixels.
     *
     * @param pixels  {@code [height][width]}, outside the heap: bytes for grey, else ints {@code 0x??RRGGBB}
     * @param quality 1 to 100
     */
    public byte[] compress(MemorySegment pixels, boolean grey, int height, int width, int quality) {
        int subsampling = grey ? GREY : HALVED;
        long most = library.bufferSize(width, height, subsampling);
        MemorySegment jpeg = output.ofSize(most);
        MemorySegment pointers = place.ofSize(2 * Long.BYTES);
        MemorySegment length = pointers.asSlice(Long.BYTES);
        pointers.set(ValueLayout.ADDRESS, 0, jpeg);
        length.set(ValueLayout.JAVA_LONG, 0, most);
        int result = library.compress(handle, pixels, width, height, grey ? TurboJpeg.GREY : TurboJpeg.INT_RGB, pointers, length, subsampling,
                quality, FLAGS);
        if (result != 0) {
            throw new IllegalStateException("libjpeg-turbo cannot write a JPEG of " + width + "x" + height + " pixels: " + library.message(handle));
        }
        return jpeg.asSlice(0, length.get(ValueLayout.JAVA_LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Lets others use it. */
    @Override
    public void close() {
        input.done();
        output.done();
        POOL.giveBack(this);
    }
}
