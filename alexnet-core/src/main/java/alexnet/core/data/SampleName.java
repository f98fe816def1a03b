package alexnet.core.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What a sample of a set is called, wherever it comes from: the name by which it is stored, sorted and drawn. ILSVRC's images keep
 * their names without extension ({@code n01440764_10026}, {@code ILSVRC2012_val_00000001}), also where a later copy has put the class
 * behind; other samples are called {@code <class>/<path below the class's folder without extension>}.
 *
 * <p>A name is a key of WebDataset, whose readers cut it at the first dot, and may be extracted by others: there is no dot in its last
 * part, and it leads nowhere but below the folder that it is used in.
 */
public final class SampleName {

    private static final Pattern TRAINING = Pattern.compile("((n\\d{8})_\\d+)(_n\\d{8})?");
    private static final Pattern MEASURED = Pattern.compile("(ILSVRC\\d{4}_(?:val|test)_\\d{8})(?:_(n\\d{8}))?");
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\\\:]");

    private SampleName() {
    }

    /**
     * Of a file below a class's folder.
     *
     * @param path its path in that folder, with slashes
     */
    public static String of(String className, String path) {
        String file = withoutExtension(path);
        return known(file).orElseGet(() -> clean(className + "/" + file));
    }

    /** Of a file that a set calls by its path, as parquet files do. */
    public static String ofPath(String path) {
        String file = withoutExtension(path);
        return known(file).orElseGet(() -> clean(file));
    }

    /** Of the files of a WebDataset that are one sample: their common path, up to the first dot of its last part. */
    public static String ofMember(String path) {
        int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
        String stem = dot < 0 ? path : path.substring(0, dot);
        return known(stem).orElseGet(() -> clean(stem));
    }

    /** The class that the name of one of ILSVRC's files tells, such as {@code n01440764}; empty where it tells none. */
    public static Optional<String> wnid(String path) {
        String file = last(withoutExtension(path));
        Matcher training = TRAINING.matcher(file);
        if (training.matches()) {
            return Optional.of(training.group(2));
        }
        Matcher measured = MEASURED.matcher(file);
        return measured.matches() ? Optional.ofNullable(measured.group(2)) : Optional.empty();
    }

    /** What stands for a sample of a name in random draws, see {@link ImageSource#key}. */
    public static int key(String name) {
        CRC32 hash = new CRC32();
        hash.update(Names.composed(name).getBytes(StandardCharsets.UTF_8));
        return (int) hash.getValue();
    }

    /** Whether a file is called as one of ILSVRC's is. */
    public static boolean isIlsvrc(String path) {
        return known(withoutExtension(path)).isPresent();
    }

    private static Optional<String> known(String path) {
        String file = last(path);
        for (Pattern pattern : new Pattern[] {TRAINING, MEASURED}) {
            Matcher matcher = pattern.matcher(file);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String withoutExtension(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    private static String clean(String path) {
        String below = Arrays.stream(UNSAFE.matcher(Names.composed(path)).replaceAll("_").split("/"))
                .filter(part -> !part.isEmpty() && !part.equals(".")).map(part -> part.equals("..") ? "__" : part).collect(Collectors.joining("/"));
        int file = below.lastIndexOf('/') + 1;
        return below.substring(0, file) + below.substring(file).replace('.', '_');
    }
}
