package alexnet.core.data;

import org.junit.jupiter.api.Test;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DatasetStatisticsTest {

    private static final StoredSize PAIR = new StoredSize(1, 2);

    private static DatasetStatistics of(int channels, StoredSize size, byte[]... images) {
        var collector = new DatasetStatistics.Collector(channels, size);
        for (byte[] image : images) {
            collector.add(image);
        }
        return collector.statistics();
    }

    private static byte[][] noise(int count, int length) {
        byte[][] images = new byte[count][length];
        var random = new Random(5);
        for (byte[] image : images) {
            random.nextBytes(image);
        }
        return images;
    }

    @Test
    void theMeanIsTakenPlaceByPlace() {
        DatasetStatistics statistics = of(1, PAIR, new byte[] {0, (byte) 255}, new byte[] {10, (byte) 254}, new byte[] {5, (byte) 250});

        assertArrayEquals(new float[] {5, 253}, statistics.mean());
        assertEquals(3, statistics.images());
    }

    @Test
    void oneChannelHasItsVariance() {
        DatasetStatistics statistics = of(1, PAIR, new byte[] {0, 10}, new byte[] {20, 30});

        assertArrayEquals(new float[] {125}, statistics.eigenvalues());
        assertArrayEquals(new float[] {1}, statistics.components());
        assertArrayEquals(new float[] {(float) Math.sqrt(125)}, statistics.standardDeviations());
    }

    @Test
    void componentsSolveTheEigenproblemOfTheColourCovariance() {
        var size = new StoredSize(5, 3);
        byte[][] images = noise(7, 3 * size.area());
        for (byte[] image : images) {
            for (int i = 0; i < size.area(); i++) {
                // Green follows red, so that the colours are correlated.
                image[size.area() + i] = (byte) (((image[i] & 0xFF) + (image[size.area() + i] & 0xFF)) / 2);
            }
        }
        double[] means = new double[3];
        double[][] covariance = new double[3][3];
        double pixels = images.length * size.area();
        for (byte[] image : images) {
            for (int i = 0; i < image.length; i++) {
                means[i / size.area()] += (image[i] & 0xFF) / pixels;
            }
        }
        for (byte[] image : images) {
            for (int i = 0; i < size.area(); i++) {
                for (int a = 0; a < 3; a++) {
                    for (int b = 0; b < 3; b++) {
                        covariance[a][b] += ((image[a * size.area() + i] & 0xFF) - means[a])
                                * ((image[b * size.area() + i] & 0xFF) - means[b]) / pixels;
                    }
                }
            }
        }

        DatasetStatistics statistics = of(3, size, images);

        for (int i = 0; i < 3; i++) {
            double squares = 0;
            float largest = 0;
            for (int a = 0; a < 3; a++) {
                double product = 0;
                for (int b = 0; b < 3; b++) {
                    product += covariance[a][b] * statistics.components()[3 * i + b];
                }
                float element = statistics.components()[3 * i + a];
                assertEquals(statistics.eigenvalues()[i] * element, product, 1e-2);
                squares += element * element;
                largest = Math.abs(element) > Math.abs(largest) ? element : largest;
            }
            assertEquals(1, squares, 1e-6);
            assertTrue(largest > 0);
            assertTrue(i == 0 || statistics.eigenvalues()[i] <= statistics.eigenvalues()[i - 1]);
        }
    }

    @Test
    void imagesOfOneColourHaveNoComponentsToSpeakOf() {
        DatasetStatistics statistics = of(3, PAIR, new byte[] {7, 7, 8, 8, 9, 9});

        assertArrayEquals(new float[] {0, 0, 0}, statistics.eigenvalues(), 1e-6f);
        assertArrayEquals(new float[] {7, 7, 8, 8, 9, 9}, statistics.mean());
    }
}
