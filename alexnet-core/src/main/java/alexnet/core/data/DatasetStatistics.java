package alexnet.core.data;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.stream.IntStream;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealVector;

/**
 * What the network has to know about its training set: the mean image, subtracted from every input (paper, section 2),
 * and the principal components of the colours, along which colour noise is added (section 4.1). Values are on the scale
 * of the pixels, 0 to 255. Computed from exact sums, so that the same images give the same bits on any number of
 * threads.
 *
 * @param channels     channels of an image
 * @param size         the stored size
 * @param images       how many images were measured
 * @param mean         {@code [channels][height][width]}
 * @param components   {@code [channels][channels]}: in row {@code i} the eigenvector of length 1 that belongs to the
 *                     {@code i}-th eigenvalue, signed so that its largest element is positive
 * @param eigenvalues  {@code [channels]}, of the covariance of the channels over all pixels, largest first
 */
public record DatasetStatistics(int channels, StoredSize size, long images, float[] mean, float[] components,
                                float[] eigenvalues) {

    public DatasetStatistics {
        if (mean.length != channels * size.area() || components.length != channels * channels || eigenvalues.length != channels) {
            throw new IllegalArgumentException("statistics of " + channels + " channels of " + size + ": " + mean.length
                    + " means, " + components.length + " component elements, " + eigenvalues.length + " eigenvalues");
        }
    }

    /** The mean image's own mean over each channel. */
    public double[] channelMeans() {
        int area = size.area();
        double[] means = new double[channels];
        for (int i = 0; i < mean.length; i++) {
            means[i / area] += mean[i];
        }
        for (int channel = 0; channel < channels; channel++) {
            means[channel] /= area;
        }
        return means;
    }

    /** Whether all pixels of the mean image are the same in each channel. */
    public boolean hasConstantMean() {
        return isConstant(mean, size.area());
    }

    /** Whether the values of each plane are all the same, {@code area} values each. */
    public static boolean isConstant(float[] planes, int area) {
        return IntStream.range(0, planes.length).allMatch(i -> planes[i] == planes[i / area * area]);
    }

    /** The standard deviations along the components, the square roots of the eigenvalues. */
    public float[] standardDeviations() {
        float[] deviations = new float[channels];
        for (int i = 0; i < channels; i++) {
            deviations[i] = (float) Math.sqrt(eigenvalues[i]);
        }
        return deviations;
    }

    /** Sums up images as they are decoded, from any thread and in any order. */
    public static final class Collector {

        /** Few enough products of 255 by 255 for an int. */
        private static final int BLOCK = 1 << 12;

        private final int channels;
        private final StoredSize size;
        private final long[] sums;
        private final long[] products;
        private long images;

        public Collector(int channels, StoredSize size) {
            this.channels = channels;
            this.size = size;
            sums = new long[channels * size.area()];
            products = new long[channels * channels];
        }

        /** Adds an image, {@code [channels][height][width]} unsigned bytes. */
        public void add(byte[] pixels) {
            long[] imageProducts = products(pixels);
            synchronized (this) {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += pixels[i] & 0xFF;
                }
                for (int i = 0; i < products.length; i++) {
                    products[i] += imageProducts[i];
                }
                images++;
            }
        }

        /** Block by block as ints, whose products Java multiplies and adds several at a time. */
        private long[] products(byte[] pixels) {
            int area = size.area();
            long[] sums = new long[channels * channels];
            int[][] block = new int[channels][Math.min(BLOCK, area)];
            for (int begin = 0; begin < area; begin += BLOCK) {
                int length = Math.min(BLOCK, area - begin);
                for (int a = 0; a < channels; a++) {
                    unsigned(pixels, a * area + begin, block[a], length);
                    for (int b = 0; b <= a; b++) {
                        sums[a * channels + b] += product(block[a], block[b], length);
                    }
                }
            }
            for (int a = 0; a < channels; a++) {
                for (int b = 0; b < a; b++) {
                    sums[b * channels + a] = sums[a * channels + b];
                }
            }
            return sums;
        }

        private static void unsigned(byte[] pixels, int from, int[] block, int length) {
            for (int i = 0; i < length; i++) {
                block[i] = pixels[from + i] & 0xFF;
            }
        }

        private static int product(int[] some, int[] others, int length) {
            int sum = 0;
            for (int i = 0; i < length; i++) {
                sum += some[i] * others[i];
            }
            return sum;
        }

        /** Adds what another has added up. */
        public void addAll(Collector other) {
            synchronized (other) {
                synchronized (this) {
                    for (int i = 0; i < sums.length; i++) {
                        sums[i] += other.sums[i];
                    }
                    for (int i = 0; i < products.length; i++) {
                        products[i] += other.products[i];
                    }
                    images += other.images;
                }
            }
        }

        /** Writes the sums, for {@link #read}. */
        public synchronized ByteBuffer write() {
            ByteBuffer bytes = ByteBuffer.allocate((sums.length + products.length + 1) * Long.BYTES);
            bytes.asLongBuffer().put(sums).put(products).put(images);
            return bytes;
        }

        /** Takes over the sums that {@link #write} has written for as many channels of that size. */
        public synchronized void read(ByteBuffer bytes) {
            LongBuffer longs = bytes.asLongBuffer().get(sums).get(products);
            images = longs.get();
        }

        /** Images added so far. */
        public synchronized long images() {
            return images;
        }

        /** The statistics of the images added so far, at least one. */
        public synchronized DatasetStatistics statistics() {
            float[] mean = new float[sums.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (float) ((double) sums[i] / images);
            }
            var eigen = new EigenDecompositionSymmetric(covariance());
            float[] components = new float[channels * channels];
            float[] eigenvalues = new float[channels];
            for (int i = 0; i < channels; i++) {
                // Rounding can leave a vanishing variance a little below zero.
                eigenvalues[i] = (float) Math.max(0, eigen.getEigenvalue(i));
                RealVector vector = eigen.getEigenvector(i);
                double sign = Math.abs(vector.getMinValue()) > vector.getMaxValue() ? -1 : 1;
                for (int channel = 0; channel < channels; channel++) {
                    components[i * channels + channel] = (float) (sign * vector.getEntry(channel));
                }
            }
            return new DatasetStatistics(channels, size, images, mean, components, eigenvalues);
        }

        private Array2DRowRealMatrix covariance() {
            double pixels = (double) images * size.area();
            double[] means = new double[channels];
            for (int channel = 0; channel < channels; channel++) {
                long sum = 0;
                for (int i = 0; i < size.area(); i++) {
                    sum += sums[channel * size.area() + i];
                }
                means[channel] = sum / pixels;
            }
            var covariance = new Array2DRowRealMatrix(channels, channels);
            for (int a = 0; a < channels; a++) {
                for (int b = 0; b < channels; b++) {
                    covariance.setEntry(a, b, products[a * channels + b] / pixels - means[a] * means[b]);
                }
            }
            return covariance;
        }
    }
}
