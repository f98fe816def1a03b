package alexnet.core.data.decode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import alexnet.core.data.Preprocessing;
import alexnet.core.data.decode.turbo.TurboException;

/**
 * Reads the first picture of a file of any {@link ImageFormat}.
 *
 * <p>A picture comes out as a viewer shows it: transparent pixels over white, turned as its EXIF orientation says, the
 * first frame of an animation in its place on the whole canvas. Grey stays grey, and 16-bit samples keep their upper byte.
 * Samples are taken as they are, without their ICC profile, as other training programs do.
 *
 * <p>Memory is reserved from a {@link MemoryBudget} before pixels are decoded. Of PNGs and JPEGs with more than
 * {@value #WHOLE_LIMIT} pixels every n-th row and column alone is kept, n as small as it takes to come below.
 */
public final class ImageDecoder {

    /** More pixels than any photograph in use; a header that claims more is damaged or means harm. */
    private static final long PIXEL_LIMIT = 100_000_000;
    /** 32 megapixels: what cameras make stays whole. */
    private static final long WHOLE_LIMIT = 1 << 25;
    /** Larger than any photograph's file, and its copies still fit into arrays. */
    public static final long FILE_LIMIT = 1 << 29;
    /** The file, what is kept of it for its reader, and the stream that the reader gets. */
    private static final long COPIES = 3;

    private ImageDecoder() {
    }

    /** Lets pictures that are being decoded take half of the heap together, and not a quarter, where nothing else is large. */
    public static void takeHalfOfHeap() {
        MemoryBudget.SHARED.takeHalfOfHeap();
    }

    /** Whether bytes are the first of a file of a known format; few of BMP and PNM tell. */
    public static boolean recognises(byte[] head) {
        return ImageFormat.find(head).isPresent();
    }

    /**
     * Decodes a file and brings it to a size.
     *
     * @param channels 1 makes colours grey, 3 repeats grey images
     * @param pixels   receives {@code [channels][height][width]} unsigned bytes
     * @throws ImageException if the content is no picture that can be used
     * @throws IOException    if the file cannot be read
     */
    public static void read(Path file, int channels, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
        fit(request -> decode(file, MemoryBudget.SHARED, request), channels, preprocessing, pixels);
    }

    /**
     * The same of the content of a file that is in memory.
     *
     * @throws ImageException if it is no picture that can be used
     */
    public static void read(byte[] file, int channels, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
        fit(request -> decode(file, MemoryBudget.SHARED, request), channels, preprocessing, pixels);
    }

    private interface Decoding {
        DecodedImage of(Request request) throws IOException;
    }

    private static void fit(Decoding decoding, int channels, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
        try (Workspace workspace = Workspace.take()) {
            DecodedImage image = decode(decoding, new Request(Optional.of(preprocessing), JpegCodecs.decoder(), workspace));
            Resampler.fit(channels == 1 ? image.grey() : image, channels, preprocessing, pixels, workspace);
        }
    }

    private static DecodedImage decode(Decoding decoding, Request request) throws IOException {
        try {
            return decoding.of(request);
        } catch (TurboException refused) {
            return decoding.of(request.byJava());
        }
    }

    /**
     * Decodes a file; waits while other threads use the memory that it takes.
     *
     * @throws ImageException if the content is no picture that can be used
     * @throws IOException    if the file cannot be read
     */
    public static DecodedImage decode(Path file) throws IOException {
        return decode(file, MemoryBudget.SHARED);
    }

    static DecodedImage decode(Path file, MemoryBudget budget) throws IOException {
        return decode(request -> decode(file, budget, request), Request.whole());
    }

    private static DecodedImage decode(Path file, MemoryBudget budget, Request request) throws IOException {
        long needed = 0;
        while (true) {
            try (InputStream stream = Files.newInputStream(file)) {
                byte[] head = stream.readNBytes(ImageFormat.SIGNATURE_LENGTH);
                ImageFormat format = ImageFormat.of(head);
                long length = Files.size(file);
                if (length > FILE_LIMIT) {
                    throw new ImageException("too large: a file of " + length + " bytes, more than " + FILE_LIMIT);
                }
                needed = Math.max(needed, COPIES * length);
                try (MemoryBudget.Reservation reservation = budget.reserve(needed, length + " bytes")) {
                    byte[] bytes = new SequenceInputStream(new ByteArrayInputStream(head), stream).readAllBytes();
                    // From here on nothing but memory is read: whatever fails is the content's fault.
                    Picture picture = open(format, bytes).forRequest(request);
                    int step = step(picture);
                    needed = COPIES * bytes.length + picture.memory(step);
                    budget.requireFits(needed, size(picture));
                    if (reservation.growTo(needed)) {
                        return decode(format, picture, step);
                    }
                }
            }
        }
    }

    /**
     * Decodes the content of a file that is in memory.
     *
     * @throws ImageException if it is no picture that can be used
     */
    public static DecodedImage decode(byte[] file) throws IOException {
        return decode(file, MemoryBudget.SHARED);
    }

    static DecodedImage decode(byte[] file, MemoryBudget budget) throws IOException {
        return decode(request -> decode(file, budget, request), Request.whole());
    }

    private static DecodedImage decode(byte[] file, MemoryBudget budget, Request request) throws IOException {
        ImageFormat format = ImageFormat.of(file);
        Picture picture = open(format, file).forRequest(request);
        int step = step(picture);
        try (MemoryBudget.Reservation _ = budget.reserve(COPIES * file.length + picture.memory(step), size(picture))) {
            return decode(format, picture, step);
        }
    }

    private static Picture open(ImageFormat format, byte[] file) throws IOException {
        try {
            return refusing(format, () -> format.open(file));
        } catch (OutOfMemoryError e) {
            throw new ImageException("too large: memory ran out for the header of this " + format, e);
        }
    }

    private static DecodedImage decode(ImageFormat format, Picture picture, int step) throws IOException {
        try {
            return refusing(format, () -> picture.decode(step));
        } catch (LinkageError e) {
            throw new IOException("cannot load what decodes " + format + " on this machine: " + e, e);
        } catch (OutOfMemoryError e) {
            throw new LittleMemoryException("too large: " + size(picture) + ", for which memory ran out", e);
        }
    }

    /** Of how many rows and columns one is read. */
    private static int step(Picture picture) throws ImageException {
        long pixels = (long) picture.width() * picture.height();
        if (picture.width() < 1 || picture.height() < 1) {
            throw new ImageException("damaged: " + size(picture));
        }
        if (pixels > PIXEL_LIMIT) {
            throw new ImageException("too large: " + size(picture) + ", more than " + PIXEL_LIMIT);
        }
        int step = 1;
        while (picture.subsamples() && (long) (picture.width() / step) * (picture.height() / step) > WHOLE_LIMIT) {
            step++;
        }
        return step;
    }

    private static String size(Picture picture) {
        return picture.width() + "x" + picture.height() + " pixels";
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T refusing(ImageFormat format, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (ImageException | TurboException e) {
            throw e;
        } catch (IOException | RuntimeException | AssertionError e) {
            // Readers meet damaged files with whatever their parsing runs into.
            throw new ImageException("damaged or truncated " + format, e);
        }
    }
}
