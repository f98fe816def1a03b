package alexnet.kernels.reference;

import alexnet.kernels.ImageShape;

/** Image preparation (paper, sections 2 and 4.1); layouts as in {@link ImageShape}. */
public final class ImageReference {

    private ImageReference() {
    }

    /** {@code (pixel - mean + noise) / deviation} of the crop, mirrored where its third field says so. */
    public static double[] prepare(ImageShape s, byte[] pixels, double[] mean, double[] deviation, int[] crops,
                                   double[] noise) {
        double[] output = new double[s.outputLength()];
        for (int n = 0; n < s.images(); n++) {
            int top = crops[n];
            int left = crops[s.images() + n];
            boolean mirrored = crops[2 * s.images() + n] != 0;
            for (int c = 0; c < s.channels(); c++) {
                for (int y = 0; y < s.height(); y++) {
                    for (int x = 0; x < s.width(); x++) {
                        int column = left + (mirrored ? s.width() - 1 - x : x);
                        int place = (c * s.storedHeight() + top + y) * s.storedWidth() + column;
                        int pixel = Byte.toUnsignedInt(pixels[n * s.imageLength() + place]);
                        output[((c * s.height() + y) * s.width() + x) * s.images() + n] =
                                (pixel - mean[place] + noise[c * s.images() + n]) / deviation[c];
                    }
                }
            }
        }
        return output;
    }
}
