package alexnet.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import alexnet.core.data.feed.CheckedImages;
import alexnet.core.data.feed.Decoding;
import alexnet.kernels.CounterRandom;

class OrderTest {

    private static StoredImages images(int count, int classes) {
        return CheckedImages.load(new TestImages.InMemory(count, 1, classes, Set.of()), Preprocessing.covering(new StoredSize(1, 1)), new Decoding(1, 0, Progress.NONE));
    }

    private static int[] labels(StoredImages images, int[] order) {
        int[] counts = new int[10];
        Arrays.stream(order).forEach(index -> counts[images.label(index)]++);
        return counts;
    }

    @Test
    void aFewImagesAreSpreadOverTheClasses() {
        // Image i is of class i % 10: the set is not sorted by class.
        StoredImages images = images(1000, 10);
        int[] spread = Order.spread(images, 20, 0);
        assertArrayEquals(new int[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, labels(images, spread));
        assertArrayEquals(spread, Order.spread(images, 20, 0));
        assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, labels(images, Order.spread(images, 10, 0)));
        assertEquals(5, Arrays.stream(labels(images, Order.spread(images, 5, 0))).sum());
    }

    /** As in a folder, class after class: the first batch has images of all of them, and none comes twice. */
    @Test
    void thoseInFrontAreSpreadToo() {
        StoredImages images = images(1000, 10);
        int[] spread = Order.spread(images, 500, 20);
        assertArrayEquals(new int[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, labels(images, Arrays.copyOf(spread, 20)));
        assertArrayEquals(Order.spread(images, 500, 0), Arrays.stream(spread).sorted().toArray());
        assertArrayEquals(Order.spread(images, 10, 0), Order.spread(images, 10, 20));
    }

    @Test
    void allImagesAreEachOnce() {
        assertArrayEquals(IntStream.range(0, 37).toArray(), Order.spread(images(37, 5), 37, 0));
        int[] shuffled = Order.shuffled(images(37, 5), 1, 1, 37);
        assertFalse(Arrays.equals(IntStream.range(0, 37).toArray(), shuffled));
        assertArrayEquals(IntStream.range(0, 37).toArray(), Arrays.stream(shuffled).sorted().toArray());
    }

    @Test
    void everyEpochAndSeedHasAnOrderOfItsOwn() {
        StoredImages images = images(37, 5);
        int[] first = Order.shuffled(images, 1, 1, 37);
        assertArrayEquals(first, Order.shuffled(images, 1, 1, 37));
        assertArrayEquals(Arrays.copyOf(first, 8), Order.shuffled(images, 1, 1, 8));
        assertFalse(Arrays.equals(first, Order.shuffled(images, 1, 2, 37)));
        assertFalse(Arrays.equals(first, Order.shuffled(images, 2, 1, 37)));
    }

    /** The formula that runs of all versions have gone by: another one would resume them with other images. */
    @Test
    void theOrderIsThatOfTheSortedDraws() {
        StoredImages images = images(70_000, 5);
        Shuffle shuffle = new Shuffle(images, -3);
        for (int epoch : new int[] {1, 2, 90}) {
            int drawnIn = epoch;
            int[] expected = IntStream.range(0, images.size()).boxed().sorted(Comparator.<Integer>comparingInt(
                    i -> CounterRandom.mix(CounterRandom.imageKey(-3, drawnIn, images.key(i)), CounterRandom.ORDER)).thenComparing(i -> i))
                    .mapToInt(Integer::intValue).toArray();
            assertArrayEquals(expected, shuffle.epoch(epoch));
        }
    }

    /** Such as two files of one name: nothing but the keys tells their order, so the first stays the first. */
    @Test
    void equalDrawsKeepTheirOrder() {
        StoredImages same = CheckedImages.load(new TestImages.Changed(new TestImages.InMemory(9, 1, 1, Set.of())) {
            @Override
            public String name(int index) {
                return "same";
            }
        }, Preprocessing.covering(new StoredSize(1, 1)), new Decoding(1, 0, Progress.NONE));
        assertArrayEquals(IntStream.range(0, 9).toArray(), Order.shuffled(same, 1, 1, 9));
    }

    @Test
    void everyPlaceIsAsLikelyForEveryImage() {
        StoredImages images = images(5, 5);
        int[][] counts = new int[5][5];
        for (int epoch = 1; epoch <= 5000; epoch++) {
            int[] order = Order.shuffled(images, 3, epoch, 5);
            for (int place = 0; place < 5; place++) {
                counts[order[place]][place]++;
            }
        }
        // 1000 each, with a standard deviation of 28.
        Arrays.stream(counts).flatMapToInt(Arrays::stream).forEach(count -> assertEquals(1000, count, 140));
    }
}
