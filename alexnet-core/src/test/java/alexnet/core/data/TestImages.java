package alexnet.core.data;

import alexnet.core.data.decode.ImageException;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Small generated images and sources. */
public final class TestImages {

    private TestImages() {
    }

    /** A picture of one colour, 0xRRGGBB. */
    public static BufferedImage plain(int width, int height, int rgb) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    /** A picture of coloured noise. */
    public static BufferedImage noise(int width, int height, long seed) {
        var random = new Random(seed);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return image;
    }

    public static byte[] encode(BufferedImage image, String format) throws IOException {
        var output = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, output)) {
            throw new IOException("no writer for " + format);
        }
        return output.toByteArray();
    }

    /** Writes bytes to a file, making its folders. */
    public static Path write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    /** Writes {@code count} different small PNGs, {@code 0.png} and so on, into a folder. */
    public static void writeClass(Path folder, int count, long seed) throws IOException {
        for (int i = 0; i < count; i++) {
            write(folder.resolve(i + ".png"), encode(noise(6, 5, seed * 1000 + i), "png"));
        }
    }

    /** A file that begins like a PNG and ends too early. */
    public static byte[] truncated(long seed) throws IOException {
        byte[] whole = encode(noise(6, 5, seed), "png");
        return Arrays.copyOf(whole, whole.length / 2);
    }

    public static Set<String> names(ImageSource source) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < source.size(); i++) {
            names.add(source.name(i));
        }
        return names;
    }

    /** The images of another source, for a test to have something about them otherwise. */
    public abstract static class Changed implements ImageSource {

        private final ImageSource source;

        protected Changed(ImageSource source) {
            this.source = source;
        }

        @Override
        public int size() {
            return source.size();
        }

        @Override
        public int channels() {
            return source.channels();
        }

        @Override
        public int label(int index) {
            return source.label(index);
        }

        @Override
        public String name(int index) {
            return source.name(index);
        }

        @Override
        public String content(int index) {
            return source.content(index);
        }

        @Override
        public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
            source.read(index, preprocessing, pixels);
        }
    }

    /** A source of images in memory: image {@code i} of class {@code i % classes} is noise; those of {@code broken} fail. */
    public record InMemory(int size, int channels, int classes, Set<Integer> broken) implements ImageSource {

        @Override
        public int label(int index) {
            return index % classes;
        }

        @Override
        public String name(int index) {
            return "image " + index;
        }

        @Override
        public String content(int index) {
            return "content " + index;
        }

        @Override
        public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
            if (broken.contains(index)) {
                throw new ImageException("broken");
            }
            byte[] bytes = new byte[channels * preprocessing.size().area()];
            new Random(index).nextBytes(bytes);
            pixels.copyFrom(MemorySegment.ofArray(bytes));
        }
    }
}
