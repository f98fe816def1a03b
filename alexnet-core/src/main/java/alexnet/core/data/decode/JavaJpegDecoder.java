package alexnet.core.data.decode;

import java.awt.image.Raster;
import java.io.IOException;

/** libjpeg 6b inside the JDK. Only samples come from there: which colours they stand for is decided here. */
final class JavaJpegDecoder implements JpegDecoder {

    @Override
    public String name() {
        return "Java " + Runtime.version().feature();
    }

    @Override
    public boolean reduces() {
        return false;
    }

    @Override
    public long memory(JpegFile file, int step) {
        return file.coefficients() + file.pixels() / step / step * Math.max(file.components() + 3, 6);
    }

    @Override
    public DecodedImage decode(JpegFile file, int step, Workspace workspace) throws IOException {
        var truncation = new TruncationListener();
        Raster raster = Readers.read("jpeg", file.pixelStream(), reader -> {
            reader.addIIOReadWarningListener(truncation);
            return reader.readRaster(0, Readers.everyNth(reader, step));
        });
        if (truncation.found) {
            throw JpegFile.truncated();
        }
        return file.orientation().upright(file.colours().decode(raster, step == 1 ? file.halvedDown() : new boolean[file.components()]));
    }
}
