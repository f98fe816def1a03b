package alexnet.core.data.decode;

import java.lang.foreign.MemorySegment;

import alexnet.core.data.decode.turbo.TurboCompressor;
import alexnet.core.data.decode.turbo.TurboDecompressor;

/** libjpeg-turbo. */
final class TurboJpegEncoder implements JpegEncoder {

    @Override
    public byte[] encode(MemorySegment planar, int channels, int height, int width, int quality) {
        int area = Math.multiplyExact(height, width);
        try (TurboCompressor turbo = TurboCompressor.take(); Workspace workspace = Workspace.take()) {
            MemorySegment pixels = turbo.input((long) area * (channels == 1 ? 1 : Integer.BYTES));
            if (channels == 1) {
                pixels.copyFrom(planar.asSlice(0, area));
            } else {
                Interleaved.join(planar, area, workspace, pixels);
            }
            return turbo.compress(pixels, channels == 1, height, width, Math.max(1, quality));
        }
    }

    @Override
    public String name() {
        return "libjpeg-turbo " + TurboDecompressor.version().orElseThrow();
    }
}
