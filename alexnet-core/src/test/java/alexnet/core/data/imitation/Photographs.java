package alexnet.core.data.imitation;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The photographs that a set repeats.
 *
 * @param jpegs ordinary JPEGs, at least one
 */
public record Photographs(List<byte[]> jpegs) {

    private static final int LARGEST_NUMBER = 512;

    /** Pictures of soft colours, shapes and a little noise, upright and not, around {@code side} pixels wide. */
    public static Photographs generated(int count, int side) {
        return new Photographs(IntStream.range(0, count).mapToObj(i -> Jpegs.encode(generate(i, side + 8 * i, side + side / 3 - 5 * i))).toList());
    }

    private static BufferedImage generate(int number, int width, int height) {
        Random random = new Random(number);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < 12; i++) {
            graphics.setColor(colour(random));
            graphics.fillOval(random.nextInt(width) - width / 8, random.nextInt(height) - height / 8, 1 + random.nextInt(width / 2), 1 + random.nextInt(height / 2));
        }
        graphics.dispose();
        for (int i = 0; i < width * height / 4; i++) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            image.setRGB(x, y, image.getRGB(x, y) ^ random.nextInt(8) * 0x010101);
        }
        return image;
    }

    private static Color colour(Random random) {
        return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    /**
     * The JPEGs in a folder, at any depth, in the order of their names; no more than the first few hundred.
     *
     * @param shortSide to which they are scaled, or 0
     */
    static Photographs in(Path folder, int shortSide) throws IOException {
        List<Path> files;
        try (Stream<Path> below = Files.walk(folder)) {
            files = below.filter(Files::isRegularFile).filter(file -> file.getFileName().toString().matches("(?i).*\\.jpe?g")).sorted()
                    .limit(LARGEST_NUMBER).toList();
        }
        if (files.isEmpty()) {
            throw new Imitate.Mistake("no .jpg or .jpeg in " + folder);
        }
        return new Photographs(files.stream().map(file -> read(file, shortSide)).toList());
    }

    private static byte[] read(Path file, int shortSide) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            BufferedImage image = Jpegs.decode(bytes);
            return shortSide == 0 ? bytes : Jpegs.encode(scaled(image, shortSide));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private static BufferedImage scaled(BufferedImage image, int shortSide) {
        double scale = (double) shortSide / Math.min(image.getWidth(), image.getHeight());
        int width = (int) Math.round(image.getWidth() * scale);
        int height = (int) Math.round(image.getHeight() * scale);
        var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }

    /** One of them, in turns. */
    public byte[] at(long number) {
        return jpegs.get(Math.floorMod(number, jpegs.size()));
    }
}
