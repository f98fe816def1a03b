package alexnet.core.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import alexnet.kernels.CounterRandom;

/** Which images are shown, and in which order: pure functions, that depend on no thread and on no history. */
public final class Order {

    private Order() {
    }

    /**
     * The images of a training epoch in random order. Each draws its own place by its {@linkplain StoredImages#key key}, so that
     * an image that is not there leaves the others in their order.
     *
     * @param count so many from the first, at most as many as there are
     * @return indices into the images
     */
    public static int[] shuffled(StoredImages images, long seed, int epoch, int count) {
        long[] drawn = new long[images.size()];
        for (int i = 0; i < drawn.length; i++) {
            int key = CounterRandom.imageKey(seed, epoch, images.key(i));
            drawn[i] = (long) CounterRandom.mix(key, CounterRandom.ORDER) << Integer.SIZE | i;
        }
        Arrays.sort(drawn);
        return Arrays.stream(drawn).limit(count).mapToInt(place -> (int) place).toArray();
    }

    /**
     * Some of the images, spread evenly over the classes and within each: the same every time.
     *
     * @param count how many, at most as many as there are
     * @param front so many come first that are spread themselves, as far as there are so many
     * @return indices into the images; those in front ascend, and so do the others
     */
    public static int[] spread(StoredImages images, int count, int front) {
        int[] chosen = spread(images, IntStream.range(0, images.size()).toArray(), count);
        int[] first = spread(images, chosen, Math.min(front, count));
        Set<Integer> inFront = Arrays.stream(first).boxed().collect(Collectors.toSet());
        return IntStream.concat(Arrays.stream(first), Arrays.stream(chosen).filter(image -> !inFront.contains(image))).toArray();
    }

    private static int[] spread(StoredImages images, int[] all, int count) {
        int[] byClass = Arrays.stream(all).boxed().sorted(Comparator.comparing(images::label)).mapToInt(Integer::intValue).toArray();
        return IntStream.range(0, count).map(i -> byClass[(int) ((2L * i + 1) * all.length / (2L * count))]).sorted().toArray();
    }
}
