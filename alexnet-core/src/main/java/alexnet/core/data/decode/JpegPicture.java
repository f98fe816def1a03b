package alexnet.core.data.decode;

import java.io.IOException;

import alexnet.core.data.Preprocessing;

/**
 * A JPEG. Which colours its samples stand for is decided here, whatever decodes them, as libjpeg's {@code default_decompress_parms} decides:
 * JFIF means YCbCr, then Adobe's marker counts, then the components' names.
 *
 * @param file      its segments
 * @param decoder   what makes pixels of them
 * @param reduction of how many rows and columns one is enough
 * @param workspace where pixels may go
 */
record JpegPicture(JpegFile file, JpegDecoder decoder, int reduction, Workspace workspace) implements Picture {

    /**
     * How many times as large as the result a reduced picture has to be. On photographs, what comes of it then differs from what comes of
     * all pixels by less than JPEG's own errors; docs/training.md has the figures.
     */
    private static final int GAP = 2;
    private static final int MOST_REDUCED = 8;

    static JpegPicture open(byte[] bytes) throws ImageException {
        return new JpegPicture(JpegFile.parse(bytes), JpegCodecs.JAVA, 1, new Workspace());
    }

    @Override
    public Picture forRequest(Request request) {
        JpegDecoder chosen = request.jpegs();
        return new JpegPicture(file, chosen, chosen.reduces() ? request.target().map(this::enough).orElse(1) : 1, request.workspace());
    }

    private int enough(Preprocessing target) {
        boolean turned = file.orientation().transposed();
        Scaling scaling = Scaling.of(turned ? width() : height(), turned ? height() : width(), target);
        int factor = MOST_REDUCED;
        while (factor > 1 && !scaling.leaves(GAP, factor)) {
            factor /= 2;
        }
        return factor;
    }

    @Override
    public int width() {
        return file.width();
    }

    @Override
    public int height() {
        return file.height();
    }

    @Override
    public boolean subsamples() {
        return true;
    }

    @Override
    public long memory(int step) {
        return decoder.memory(file, step(step));
    }

    @Override
    public DecodedImage decode(int step) throws IOException {
        return decoder.decode(file, step(step), workspace);
    }

    private int step(int least) {
        if (!decoder.reduces()) {
            return least;
        }
        int power = reduction;
        while (power < Math.min(least, MOST_REDUCED)) {
            power *= 2;
        }
        return power;
    }
}
