package alexnet.core.data.decode;

import java.util.Optional;

import alexnet.core.data.decode.turbo.TurboDecompressor;

/** What reads and writes JPEGs in this process. */
public final class JpegCodecs {

    static final JpegDecoder JAVA = new JavaJpegDecoder();

    private static final JpegEncoder JAVA_ENCODER = new JavaJpegEncoder();

    private static volatile boolean turbo = turboVersion().isPresent();

    private JpegCodecs() {
    }

    /**
     * Decides for the whole process; at first, it is {@link JpegLibrary#AUTO}.
     *
     * @throws MissingLibraryException if the one that is asked for is not installed
     */
    public static void use(JpegLibrary library) {
        turbo = switch (library) {
            case JAVA -> false;
            case AUTO -> turboVersion().isPresent();
            case TURBO -> {
                turboVersion().orElseThrow(() -> new MissingLibraryException("libjpeg-turbo is not installed, or older than 2.0: install it"
                        + " (Debian: apt-get install libturbojpeg0; Fedora: dnf install turbojpeg; macOS: brew install jpeg-turbo), or leave the choice"
                        + " to the program by --decoder auto"));
                yield true;
            }
        };
    }

    /** What writes JPEGs. */
    public static JpegEncoder encoder() {
        return turbo ? new TurboJpegEncoder() : JAVA_ENCODER;
    }

    /** What decodes JPEGs, and its version. */
    public static String decoderName() {
        return decoder().name();
    }

    static boolean turbo() {
        return turbo;
    }

    static JpegDecoder decoder() {
        return turbo ? new TurboJpegDecoder() : JAVA;
    }

    /** What is installed of libjpeg-turbo. */
    static Optional<String> turboVersion() {
        return TurboDecompressor.version();
    }
}
