package alexnet.core.weights.network;

/** What exports of this program call the parts of a network that are no weights: entries of their metadata, and tensors. */
public final class ExportEntries {

    /** The architecture's name. */
    public static final String ARCHITECTURE = "architecture";
    /** All of the architecture, as a model's file has it; older exports lack it. */
    public static final String NETWORK = "network";
    /** JSON, the names of the classes. */
    public static final String CLASSES = "classes";
    /** JSON, how images are prepared. */
    public static final String PREPROCESSING = "preprocessing";
    /** The mean image where it is no tensor: 32-bit floats, little-endian, in Base64. */
    public static final String MEAN_IMAGE = "mean_image";
    /** The mean image, as a tensor; a field of {@link #PREPROCESSING}. */
    public static final String MEAN = "mean";
    /** What each channel is divided by, as a tensor; a field of {@link #PREPROCESSING}. Left out where all are one. */
    public static final String DEVIATION = "std";
    /** A field of {@link #PREPROCESSING} that is there where images are squashed. */
    public static final String SQUASHED = "resize";
    /** What the names of weights of 16-bit floats end with in ONNX files; the graph makes 32-bit floats of them. */
    public static final String HALF = ".half";

    private ExportEntries() {
    }
}
