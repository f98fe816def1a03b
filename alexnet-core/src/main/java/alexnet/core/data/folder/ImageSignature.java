package alexnet.core.data.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;
import alexnet.core.data.decode.ImageDecoder;

/** Tells by its first bytes, or else by its name, whether a file is meant to be an image, without decoding it. */
public final class ImageSignature {

    /** So many bytes tell. */
    public static final int HEAD = 32;
    /** Also of formats that cannot be decoded: who keeps such a file among the images should hear that it is left out. */
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "jpe", "jfif", "pjpeg", "png", "apng", "bmp", "dib", "gif", "tif",
            "tiff", "webp", "pbm", "pgm", "ppm", "pnm", "pam", "avif", "heic", "heif", "jp2", "j2k", "jxl", "tga", "psd", "ico", "svg");

    private ImageSignature() {
    }

    /**
     * Whether a file is an image, or should be one: its content begins like one or its name ends like one's. A file that cannot
     * be read is one if its name says so.
     *
     * @throws DataException if reading fails for a reason that is not the file's
     */
    static boolean isImage(Path file) {
        return isNamed(file.getFileName().toString()) || begins(file);
    }

    /** Whether a file's name ends like an image's. */
    public static boolean isNamed(String name) {
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) && name.indexOf('.') >= 0;
    }

    /**
     * Whether the content of a file begins like an image.
     *
     * @throws DataException if reading fails for a reason that is not the file's
     */
    static boolean begins(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            return begins(input.readNBytes(HEAD));
        } catch (IOException e) {
            // Throws unless it is a matter of this file alone.
            Skipped.of(file.toString(), e);
            return false;
        }
    }

    /** Whether bytes are the first of an image that can be decoded, or of a PAM. */
    public static boolean begins(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        // Two letters begin many a text: the length of the second header, 12 to 124, makes the difference.
        if (text.startsWith("BM")) {
            return text.length() > 17 && text.charAt(14) >= 12 && text.charAt(14) <= 124 && text.startsWith("\0\0\0", 15);
        }
        return text.startsWith("P") ? text.matches("(?s)P[1-6]\\s+[0-9#].*|P7\\s*\n.*") : ImageDecoder.recognises(head);
    }
}
