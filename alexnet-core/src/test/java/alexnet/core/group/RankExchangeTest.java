package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.replica.Threads;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Arrays of ranks come together whole and in place, in whatever pieces. */
class RankExchangeTest {

    private static FloatArray array(int length, int rank) {
        FloatArray array = new FloatArray(length);
        IntStream.range(0, length).forEach(i -> array.set(i, 1000 * (rank + 1) + i));
        return array;
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "7, 4", "7, 8", "8, 8", "100, 44", "5, 1000"})
    void sumsAreThoseOfAllRanks(int length, int pieceBytes) throws InterruptedException {
        for (float[] sums : Threads.run(3, replicas -> {
            FloatArray all = new FloatArray(length);
            new RankExchange(replicas, pieceBytes).sum(array(length, replicas.rank()), all);
            return all.toHeapArray();
        })) {
            float[] expected = new float[length];
            IntStream.range(0, length).forEach(i -> expected[i] = 6000 + 3 * i);
            assertArrayEquals(expected, sums);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 3, 2, 4", "5, 3, 2, 36", "5, 3, 2, 72", "5, 3, 0, 100", "1, 1, 0, 12", "8, 2, 1, 1000"})
    void imagesStandSideBySideInTheOrderOfRanks(int rows, int images, int first, int pieceBytes) throws InterruptedException {
        int size = 3;
        for (float[] gathered : Threads.run(size, replicas -> {
            FloatArray all = new FloatArray((first + rows + 1) * size * images);
            all.init(-1);
            // Longer than what is sent, as scratch is.
            new RankExchange(replicas, pieceBytes).gather(array(rows * images + 1, replicas.rank()), rows, images, all, first);
            return all.toHeapArray();
        })) {
            float[] expected = new float[(first + rows + 1) * size * images];
            for (int row = 0; row < first + rows + 1; row++) {
                for (int image = 0; image < size * images; image++) {
                    boolean sent = row >= first && row < first + rows;
                    expected[row * size * images + image] = sent ? 1000 * (image / images + 1) + (row - first) * images + image % images : -1;
                }
            }
            assertArrayEquals(expected, gathered);
        }
    }
}
