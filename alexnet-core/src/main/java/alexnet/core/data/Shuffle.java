package alexnet.core.data;

import java.util.Arrays;

import alexnet.kernels.CounterRandom;

/**
 * Random orders of the same images, one for each epoch, without garbage: of a million images, the three arrays take 12 MB. Each image draws
 * its own place by its {@linkplain StoredImages#key key}, so that one that is not there leaves the others in their order.
 */
public final class Shuffle {

    private static final int HALF = 1 << 16;
    private static final int LOW = HALF - 1;

    private final StoredImages images;
    private final long seed;
    private final int[] drawn;
    private final int[] byLow;
    private final int[] order;
    private final int[] low = new int[HALF + 1];
    private final int[] high = new int[HALF + 1];

    /** Allocates the arrays. */
    public Shuffle(StoredImages images, long seed) {
        this.images = images;
        this.seed = seed;
        drawn = new int[images.size()];
        byLow = new int[images.size()];
        order = new int[images.size()];
    }

    /**
     * The order of an epoch: a function of seed, epoch and keys. Images are sorted by the signed numbers that they draw, equal ones by
     * their indices; a radix sort of two digits.
     *
     * @return indices into the images, valid until the next call
     */
    public int[] epoch(int epoch) {
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
        for (int i = 0; i < drawn.length; i++) {
            int number = CounterRandom.mix(CounterRandom.imageKey(seed, epoch, images.key(i)), CounterRandom.ORDER) ^ Integer.MIN_VALUE;
            drawn[i] = number;
            low[(number & LOW) + 1]++;
            high[(number >>> Short.SIZE) + 1]++;
        }
        for (int i = 0; i < HALF; i++) {
            low[i + 1] += low[i];
            high[i + 1] += high[i];
        }
        for (int i = 0; i < drawn.length; i++) {
            byLow[low[drawn[i] & LOW]++] = i;
        }
        for (int i : byLow) {
            order[high[drawn[i] >>> Short.SIZE]++] = i;
        }
        return order;
    }
}
