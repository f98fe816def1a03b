package alexnet.core.data.imitation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import javax.imageio.ImageIO;

/** Kinds of files by the name of JPEG that ImageNet holds, and those that break what reads it. */
public enum Kind {
    ORDINARY(true),
    CMYK(true),
    ADOBE_CMYK(true),
    YCCK(true),
    PNG(true),
    GREY(true),
    PROGRESSIVE(true),
    ROTATED(true),
    BROKEN_EXIF(true),
    /** The same bytes as others of the kind, in whatever class they are. */
    COPY(true),
    TRUNCATED(false),
    EMPTY(false),
    TEXT(false),
    ZEROS(false),
    HUGE(false);

    private static final int HUGE_SIDE = 60_000;

    private final boolean usable;

    Kind(boolean usable) {
        this.usable = usable;
    }

    /** Whether it is shown by viewers, and has to be used. */
    public boolean usable() {
        return usable;
    }

    /** The kinds that are not {@link #ORDINARY}, in turns. */
    static Kind odd(long number) {
        return values()[1 + Math.floorMod(number, values().length - 1)];
    }

    /**
     * Makes the file of a sample.
     *
     * @param jpeg an ordinary photograph
     * @param name of the sample, which makes it another file than all others
     */
    byte[] file(byte[] jpeg, String name) throws IOException {
        return switch (this) {
            case ORDINARY -> Jpegs.withComment(jpeg, name);
            case COPY -> jpeg;
            case CMYK -> Jpegs.withComment(Jpegs.encode(Jpegs.inks(Jpegs.decode(jpeg), false)), name);
            case ADOBE_CMYK -> Jpegs.withComment(Jpegs.with(Jpegs.encode(Jpegs.inks(Jpegs.decode(jpeg), false)), Jpegs.ADOBE, Jpegs.adobe(0)), name);
            case YCCK -> Jpegs.withComment(Jpegs.with(Jpegs.encode(Jpegs.inks(Jpegs.decode(jpeg), true)), Jpegs.ADOBE, Jpegs.adobe(2)), name);
            case PNG -> png(marked(Jpegs.decode(jpeg), name));
            case GREY -> Jpegs.withComment(Jpegs.encode(grey(Jpegs.decode(jpeg))), name);
            case PROGRESSIVE -> Jpegs.withComment(Jpegs.progressive(Jpegs.decode(jpeg)), name);
            case ROTATED -> Jpegs.with(Jpegs.withComment(jpeg, name), Jpegs.EXIF, Jpegs.exif(1 + Math.floorMod(name.hashCode(), 8)));
            case BROKEN_EXIF -> Jpegs.with(Jpegs.withComment(jpeg, name), Jpegs.EXIF, Jpegs.brokenExif());
            case TRUNCATED -> Arrays.copyOf(Jpegs.withComment(jpeg, name), jpeg.length / 2);
            case EMPTY -> new byte[0];
            case TEXT -> ("<html><title>404</title>" + name + " is not here.</html>\n").getBytes(StandardCharsets.UTF_8);
            case ZEROS -> new byte[2000 + Math.floorMod(name.hashCode(), 5000)];
            case HUGE -> Jpegs.withDimensions(Jpegs.withComment(jpeg, name), HUGE_SIDE, HUGE_SIDE);
        };
    }

    /** PNG has no remark that the JDK writes, so its first pixel tells. */
    private static BufferedImage marked(BufferedImage image, String name) {
        image.setRGB(0, 0, name.hashCode() & 0xFFFFFF);
        return image;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage grey(BufferedImage image) {
        var grey = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        grey.createGraphics().drawImage(image, 0, 0, null);
        return grey;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
