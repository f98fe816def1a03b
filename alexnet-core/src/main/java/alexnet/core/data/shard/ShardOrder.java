package alexnet.core.data.shard;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import alexnet.core.data.DataException;
import alexnet.core.data.ImageSource;
import alexnet.kernels.CounterRandom;

/**
 * The order in which images lie in shards. It follows from their names alone, so that every form of a set gives the same shards:
 * training images are mixed, since other readers take shards as they come, and validation images lie by name, as ILSVRC numbers them.
 */
final class ShardOrder {

    private ShardOrder() {
    }

    /**
     * The indices of a source in the order of shards. A million training images take a dozen megabytes: their names are asked for again
     * where they matter.
     *
     * @throws DataException if two images have the same name
     */
    static int[] of(ImageSource source, Split split) {
        return switch (split) {
            case TRAIN -> mixed(source);
            case VAL -> byName(source);
        };
    }

    private static int[] mixed(ImageSource source) {
        long[] drawn = new long[source.size()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (long) CounterRandom.mix(CounterRandom.imageKey(0, 0, source.key(i)), CounterRandom.ORDER) << Integer.SIZE | i;
        }
        Arrays.parallelSort(drawn);
        int[] order = Arrays.stream(drawn).mapToInt(place -> (int) place).toArray();
        for (int begin = 0, end = 1; begin < order.length; begin = end++) {
            while (end < order.length && drawn[end] >> Integer.SIZE == drawn[begin] >> Integer.SIZE) {
                end++;
            }
            if (end - begin > 1) {
                System.arraycopy(sorted(source, Arrays.copyOfRange(order, begin, end)), 0, order, begin, end - begin);
            }
        }
        return order;
    }

    private static int[] byName(ImageSource source) {
        return sorted(source, IntStream.range(0, source.size()).toArray());
    }

    private static int[] sorted(ImageSource source, int[] images) {
        String[] names = Arrays.stream(images).mapToObj(source::sampleName).toArray(String[]::new);
        Integer[] places = IntStream.range(0, images.length).boxed().sorted(Comparator.comparing(place -> names[place])).toArray(Integer[]::new);
        for (int i = 1; i < places.length; i++) {
            if (names[places[i]].equals(names[places[i - 1]])) {
                throw new DataException("two images are called " + names[places[i]] + ": " + source.name(images[places[i - 1]]) + " and "
                        + source.name(images[places[i]]) + "; rename one of them");
            }
        }
        return Arrays.stream(places).mapToInt(place -> images[place]).toArray();
    }
}
