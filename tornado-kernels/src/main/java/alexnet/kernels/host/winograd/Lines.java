package alexnet.kernels.host.winograd;

import alexnet.kernels.host.Lanes;

/**
 * How lines of numbers that are transformed alike lie in an array; each number is one of every image, so that a vector holds that of
 * neighbouring images. Number {@code i} of line {@code l} for vector {@code v} begins at {@code i * step + l * lineStep + at(v)}
 * after the first.
 *
 * @param array    where they are
 * @param step     how far apart the numbers of a line are
 * @param lineStep how far apart the lines are
 * @param pairStep how far apart pairs of vectors are; the two of a pair are neighbours
 * @param last     where the last vector begins at most: it is moved back to end with the images, some of which it has twice
 */
record Lines(float[] array, int step, int lineStep, int pairStep, int last) {

    /** Vectors one after the other, all of them whole. */
    Lines(float[] array, int step, int lineStep) {
        this(array, step, lineStep, 2 * Lanes.COUNT, Integer.MAX_VALUE);
    }

    /** Where a vector begins. */
    int at(int vector) {
        return Math.min((vector >> 1) * pairStep + (vector & 1) * Lanes.COUNT, last);
    }
}
