package alexnet.core.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Which images are shown, and in which order: pure functions, that depend on no thread and on no history. */
public final class Order {

    private Order() {
    }

    /**
     * Images in random order, see {@link Shuffle}.
     *
     * @param count so many from the first, at most as many as there are
     * @return indices into the images
     */
    public static int[] shuffled(StoredImages images, long seed, int epoch, int count) {
        return Arrays.copyOf(new Shuffle(images, seed).epoch(epoch), count);
    }

    /**
     * Some of the images, spread evenly over the classes and within each: the same every time.
     *
     * @param count how many, at most as many as there are
     * @return ascending indices into the images
     */
    public static int[] spread(StoredImages images, int count) {
        return spread(images::label, images.size(), count);
    }

    /**
     * The same images in another order: those in front, so many as far as there are, are spread themselves.
     *
     * @return indices into the images; those in front ascend, and so do the others
     */
    public static int[] spread(StoredImages images, int count, int front) {
        int[] chosen = spread(images, count);
        int[] first = spread(i -> images.label(chosen[i]), count, Math.min(front, count));
        BitSet others = new BitSet();
        others.set(0, count);
        Arrays.stream(first).forEach(others::clear);
        return IntStream.concat(Arrays.stream(first), others.stream()).map(i -> chosen[i]).toArray();
    }

    /** The same of {@code size} images with these labels. */
    static int[] spread(IntUnaryOperator label, int size, int count) {
        int[] byClass = byClass(label, size);
        return IntStream.range(0, count).map(i -> byClass[(int) ((2L * i + 1) * size / (2L * count))]).sorted().toArray();
    }

    /** Images without a label, which is -1, are a class of their own. */
    private static int[] byClass(IntUnaryOperator label, int size) {
        int[] places = new int[IntStream.range(0, size).map(label).max().orElse(0) + 3];
        for (int i = 0; i < size; i++) {
            places[label.applyAsInt(i) + 2]++;
        }
        Arrays.parallelPrefix(places, Integer::sum);
        int[] byClass = new int[size];
        for (int i = 0; i < size; i++) {
            byClass[places[label.applyAsInt(i) + 1]++] = i;
        }
        return byClass;
    }
}
