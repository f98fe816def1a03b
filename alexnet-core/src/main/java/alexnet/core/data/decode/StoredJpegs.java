package alexnet.core.data.decode;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.decode.turbo.TurboDecompressor;
import alexnet.core.data.decode.turbo.TurboDecompressor.Header;
import alexnet.core.data.decode.turbo.TurboDecompressor.Layout;
import alexnet.core.data.decode.turbo.TurboException;

/**
 * Reads JPEGs that a {@link JpegEncoder} has written at their stored size: straight from where they lie, without garbage where
 * libjpeg-turbo reads them. Cameras' own, which may have to be turned, are for {@link ImageDecoder}.
 */
public final class StoredJpegs {

    private StoredJpegs() {
    }

    /**
     * Decodes one.
     *
     * @param jpeg     the whole file
     * @param channels 3 repeats grey ones
     * @param pixels   receives {@code [channels][height][width]} unsigned bytes
     * @throws ImageException if it is damaged or of another size
     */
    public static void read(MemorySegment jpeg, int channels, StoredSize size, MemorySegment pixels) throws IOException {
        if (!JpegCodecs.turbo() || !readDirectly(jpeg, channels, size, pixels)) {
            DecodedImage image = ImageDecoder.decode(jpeg.toArray(ValueLayout.JAVA_BYTE), MemoryBudget.SHARED);
            requireSize(image.height(), image.width(), size);
            Resampler.fit(channels == 1 ? image.grey() : image, channels, Preprocessing.covering(size), pixels);
        }
    }

    /** False if it is of a kind that needs more. */
    private static boolean readDirectly(MemorySegment jpeg, int channels, StoredSize size, MemorySegment pixels) throws IOException {
        try (TurboDecompressor turbo = TurboDecompressor.take(); Workspace workspace = Workspace.take()) {
            MemorySegment bytes = jpeg.isNative() ? jpeg : turbo.input(jpeg.byteSize()).copyFrom(jpeg);
            Header header = turbo.header(bytes);
            requireSize(header.height(), header.width(), size);
            if (!header.grey() && (!header.colours() || channels == 1)) {
                return false;
            }
            MemorySegment decoded = turbo.decompress(bytes, size.width(), size.height(), channels == 1 ? Layout.GREY : Layout.RGB);
            if (channels == 1) {
                pixels.copyFrom(decoded);
            } else {
                Interleaved.split(decoded, size.area(), false, workspace, pixels);
            }
            return true;
        } catch (TurboException refused) {
            return false;
        }
    }

    private static void requireSize(int height, int width, StoredSize size) throws ImageException {
        if (height != size.height() || width != size.width()) {
            throw new ImageException("a JPEG of " + height + "x" + width + " pixels, not of " + size);
        }
    }
}
