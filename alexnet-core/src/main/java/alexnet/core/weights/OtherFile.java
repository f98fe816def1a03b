package alexnet.core.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import alexnet.core.weights.caffe.MeanImage;
import alexnet.core.weights.caffe.SolverState;

/** What is often taken for a file of weights: the same packed, described or not there, and others of the same programs. */
public enum OtherFile {
    /** Nothing. */
    EMPTY("empty", head -> !head.hasRemaining()),
    /** What some programs reserve room with before they download. */
    ZEROS("nothing but zeros where it begins, as a download that was given up: get it anew", head -> text(head).chars().allMatch(c -> c == 0)),
    /** What a repository has in place of a large file. */
    POINTER("a pointer of Git LFS and not the file itself: git lfs pull gets it", begins("version https://git-lfs")),
    /** What a browser or curl saves where a link leads elsewhere. */
    PAGE("a web page, as a server sends in place of a file: get it anew", head -> Words.PAGE.matcher(text(head)).lookingAt()),
    /** Packed. */
    GZIP("packed by gzip: unpack it first", begins("\u001f\u008b")),
    /** Packed. */
    BZIP2("packed by bzip2: unpack it first", begins("BZh")),
    /** Packed. */
    XZ("packed by xz: unpack it first", begins("\u00fd7zXZ\0")),
    /** Packed. */
    ZSTD("packed by zstd: unpack it first", begins("(\u00b5/\u00fd")),
    /** Packed. */
    SEVEN_ZIP("packed by 7-Zip: unpack it first", begins("7z\u00bc\u00af'\u001c")),
    /** Packed. */
    TAR("a tar archive: unpack it first", head -> text(head).startsWith("ustar", 257)),
    /** Caffe's other form, and Keras'. */
    HDF5("in HDF5, which is not read: Caffe's .caffemodel is, its .caffemodel.h5 is not", begins("\u0089HDF\r\n\u001a\n")),
    /** What goes with a network. */
    MEAN("a mean image of Caffe and not a network: give it as --mean", MeanImage::recognises),
    /** What lies beside a network. */
    SOLVER("the state of Caffe's solver: the weights are in the .caffemodel beside it", SolverState::recognises),
    /** A mean image, or the one of many arrays that a network is. */
    ARRAY("an array of NumPy and not a network", begins("\u0093NUMPY")),
    /** Of Python, but not of PyTorch. */
    PICKLE("a pickle of Python that PyTorch did not write", head -> head.remaining() > 1 && text(head).charAt(0) == 0x80 && text(head).charAt(1) <= 5),
    /** Of others. */
    TENSORFLOW_LITE("of TensorFlow Lite, which is not read", head -> text(head).startsWith("TFL3", 4)),
    /** A picture. */
    PNG("a picture (PNG)", begins("\u0089PNG\r\n")),
    /** A picture. */
    JPEG("a picture (JPEG)", begins("\u00ff\u00d8\u00ff")),
    /** A network without its weights. */
    PROTOTXT("Caffe's description of a network (.prototxt): its weights are in a .caffemodel",
            head -> Words.TEXT.matcher(text(head)).matches() && Words.LAYER.matcher(text(head)).find()),
    /** Any other text. */
    TEXT("text, which no weights are", head -> Words.TEXT.matcher(text(head)).matches());

    /** How texts are told. */
    private static final class Words {
        static final Pattern PAGE = Pattern.compile("(\u00ef\u00bb\u00bf)?\\s*<(!doctype|html|head|\\?xml|error)", Pattern.CASE_INSENSITIVE);
        static final Pattern LAYER = Pattern.compile("^\\s*layers?\\s*:?\\s*\\{", Pattern.MULTILINE);
        static final Pattern TEXT = Pattern.compile("[\\t\\n\\r\\x20-\\xff]+");
    }

    private final String description;
    private final Predicate<ByteBuffer> recognises;

    OtherFile(String description, Predicate<ByteBuffer> recognises) {
        this.description = description;
        this.recognises = recognises;
    }

    /** What a file with these first bytes is, in words that follow "is"; nothing if it is none of these. */
    public static Optional<String> of(ByteBuffer head) {
        return Arrays.stream(values()).filter(other -> other.recognises.test(head.duplicate())).map(other -> other.description).findFirst();
    }

    private static Predicate<ByteBuffer> begins(String magic) {
        return head -> text(head).startsWith(magic);
    }

    /** A character for each byte. */
    private static String text(ByteBuffer head) {
        return StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
    }
}
