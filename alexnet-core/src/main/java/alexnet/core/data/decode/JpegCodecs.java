package alexnet.core.data.decode;

/** Which library reads and writes JPEGs. */
public final class JpegCodecs {

    private static final JpegEncoder JAVA = new JavaJpegEncoder();

    private JpegCodecs() {
    }

    /** What writes JPEGs here. */
    public static JpegEncoder encoder() {
        return JAVA;
    }
}
