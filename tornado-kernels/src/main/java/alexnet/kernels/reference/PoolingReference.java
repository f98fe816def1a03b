package alexnet.kernels.reference;

import alexnet.kernels.PoolingShape;

/** Overlapping max-pooling (paper, section 3.4); layouts as in {@link PoolingShape}. */
public final class PoolingReference {

    private PoolingReference() {
    }

    /**
     * The place {@code row * width + column} of the largest value of each window: the first of equal ones in row order; where
     * there are NaNs, the last of them.
     */
    public static int[] winners(PoolingShape s, double[] input) {
        int[] winners = new int[s.outputLength()];
        for (int c = 0; c < s.channels(); c++) {
            for (int y = 0; y < s.outputHeight(); y++) {
                for (int x = 0; x < s.outputWidth(); x++) {
                    for (int n = 0; n < s.images(); n++) {
                        int winner = y * s.stride() * s.width() + x * s.stride();
                        for (int row = y * s.stride(); row < Math.min(y * s.stride() + s.size(), s.height()); row++) {
                            for (int column = x * s.stride(); column < Math.min(x * s.stride() + s.size(), s.width()); column++) {
                                int place = row * s.width() + column;
                                double value = input[inputIndex(s, c, place, n)];
                                if (Double.isNaN(value) || value > input[inputIndex(s, c, winner, n)]) {
                                    winner = place;
                                }
                            }
                        }
                        winners[((c * s.outputHeight() + y) * s.outputWidth() + x) * s.images() + n] = winner;
                    }
                }
            }
        }
        return winners;
    }

    /** The values of the winners. */
    public static double[] forward(PoolingShape s, double[] input, int[] winners) {
        double[] output = new double[s.outputLength()];
        for (int at = 0; at < output.length; at++) {
            output[at] = input[winnerIndex(s, winners, at)];
        }
        return output;
    }

    /** The gradient by the input. */
    public static double[] inputGradient(PoolingShape s, double[] outputGradient, int[] winners) {
        double[] inputGradient = new double[s.inputLength()];
        for (int at = 0; at < outputGradient.length; at++) {
            inputGradient[winnerIndex(s, winners, at)] += outputGradient[at];
        }
        return inputGradient;
    }

    private static int winnerIndex(PoolingShape s, int[] winners, int at) {
        int channel = at / (s.outputHeight() * s.outputWidth() * s.images());
        return inputIndex(s, channel, winners[at], at % s.images());
    }

    private static int inputIndex(PoolingShape s, int channel, int place, int image) {
        return (channel * s.height() * s.width() + place) * s.images() + image;
    }
}
