package alexnet.core.data.decode;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The formats that are read. The content of a file decides which it is, not its name. */
enum ImageFormat {
    JPEG("JPEG", JpegPicture::open, "\u00FF\u00D8\u00FF"),
    PNG("PNG", PngPicture::open, "\u0089PNG\r\n\u001A\n"),
    WEBP("WebP", WebpPicture::open, "RIFF????WEBP"),
    GIF("GIF", GifPicture::open, "GIF87a", "GIF89a"),
    TIFF("TIFF", TiffPicture::open, "II*\0", "MM\0*", "II+\0", "MM\0+"),
    BMP("BMP", BmpPicture::open, "BM"),
    PNM("PNM", PnmPicture::open, "P1", "P2", "P3", "P4", "P5", "P6");

    /** Bytes that decide. */
    static final int SIGNATURE_LENGTH = 12;

    private interface Opener {
        Picture open(byte[] file) throws IOException;
    }

    private final String title;
    private final Opener opener;
    private final String[] signatures;

    /** @param signatures what a file may begin with, a character a byte; a question mark stands for any */
    ImageFormat(String title, Opener opener, String... signatures) {
        this.title = title;
        this.opener = opener;
        this.signatures = signatures;
    }

    /**
     * The format of a file that begins with some bytes.
     *
     * @throws ImageException if it is none of these
     */
    static ImageFormat of(byte[] head) throws ImageException {
        if (head.length == 0) {
            throw new ImageException("an empty file");
        }
        return find(head).orElseThrow(ImageFormat::unknown);
    }

    /** The same; empty if it is none of these. */
    static Optional<ImageFormat> find(byte[] head) {
        return Arrays.stream(values()).filter(format -> Arrays.stream(format.signatures).anyMatch(signature -> matches(head, signature))).findFirst();
    }

    /** What a file is whose first bytes are those of no format, or go on otherwise. */
    static ImageException unknown() {
        return new ImageException("not an image of a known format");
    }

    private static boolean matches(byte[] head, String signature) {
        if (head.length < signature.length()) {
            return false;
        }
        for (int i = 0; i < signature.length(); i++) {
            if (signature.charAt(i) != '?' && signature.charAt(i) != (head[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** Reads the header of a whole file. */
    Picture open(byte[] file) throws IOException {
        return opener.open(file);
    }

    /** As messages call it. */
    @Override
    public String toString() {
        return title;
    }
}
