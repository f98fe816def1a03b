package alexnet.core.data.decode;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

import alexnet.core.data.decode.turbo.TurboDecompressor;
import alexnet.core.data.decode.turbo.TurboDecompressor.Layout;

/**
 * libjpeg-turbo. It is told which colours samples stand for by a marker of Adobe's that is put in front of the segments. Files that it
 * warns of are for the JDK's reader to judge: those that are left out are the same then.
 */
final class TurboJpegDecoder implements JpegDecoder {

    @Override
    public String name() {
        return "libjpeg-turbo " + TurboDecompressor.version().orElseThrow();
    }

    @Override
    public boolean reduces() {
        return true;
    }

    @Override
    public long memory(JpegFile file, int step) {
        // Its pixels, ours, and ours once more where they are turned.
        return file.coefficients() + Math.ceilDiv(file.pixels(), (long) step * step) * (Integer.BYTES + 2 * 3);
    }

    @Override
    public DecodedImage decode(JpegFile file, int step, Workspace workspace) throws IOException {
        JpegColours colours = file.colours();
        Layout layout = switch (colours) {
            case GREY -> Layout.GREY;
            case RGB, YCBCR -> Layout.RGB;
            case CMYK, YCCK -> Layout.CMYK;
        };
        int width = Math.ceilDiv(file.width(), step);
        int height = Math.ceilDiv(file.height(), step);
        try (TurboDecompressor turbo = TurboDecompressor.take()) {
            MemorySegment jpeg = turbo.input(file.markedLength());
            file.writeMarked(jpeg);
            MemorySegment pixels = turbo.decompress(jpeg, width, height, layout);
            int channels = colours == JpegColours.GREY ? 1 : 3;
            int area = Math.multiplyExact(height, width);
            byte[] planes = workspace.planes(Math.multiplyExact(channels, area));
            MemorySegment target = MemorySegment.ofArray(planes);
            if (channels == 1) {
                target.copyFrom(pixels);
            } else {
                Interleaved.split(pixels, area, layout == Layout.CMYK, workspace, target);
            }
            return file.orientation().upright(new DecodedImage(channels, height, width, planes, Extent.reduced(file.height(), file.width(), step)));
        }
    }
}
