package alexnet.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder with the four IDX files of MNIST or a descendant such as Fashion-MNIST: {@code train-images-idx3-ubyte},
 * {@code train-labels-idx1-ubyte} and the same with {@code t10k}, plain or with {@code .gz} added. The 10,000 test
 * images are the validation split. A file {@code classes.txt} names the classes, one a line; without it they are called
 * by their numbers.
 */
public final class IdxFolder {

    private static final String CLASS_NAMES = "classes.txt";

    private IdxFolder() {
    }

    /** Whether a folder holds IDX files of this naming. */
    public static boolean recognises(Path folder) {
        return variants(folder, "train-images-idx3-ubyte").anyMatch(Files::exists);
    }

    /**
     * Reads the four files into memory.
     *
     * @throws DataException if one is missing, damaged or of another kind, or if they contradict each other
     */
    public static Dataset open(Path folder) {
        var training = new IdxImages(find(folder, "train-images-idx3-ubyte"), find(folder, "train-labels-idx1-ubyte"));
        var validation = new IdxImages(find(folder, "t10k-images-idx3-ubyte"), find(folder, "t10k-labels-idx1-ubyte"));
        List<String> classes = classes(folder, training.largestLabel() + 1);
        if (validation.largestLabel() >= classes.size()) {
            throw new DataException(folder + ": the test images have a label " + validation.largestLabel()
                    + ", but there are only " + classes.size() + " classes");
        }
        return new Dataset(folder, classes, training, validation, List.of(), List.of());
    }

    private static List<String> classes(Path folder, int count) {
        Path names = folder.resolve(CLASS_NAMES);
        if (!Files.exists(names)) {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }
        try {
            List<String> classes = Files.readAllLines(names).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
            if (classes.size() < count) {
                throw new DataException(names + " names " + classes.size() + " classes, the labels count " + count);
            }
            return classes;
        } catch (IOException e) {
            throw new DataException("cannot read " + names + ": " + Skipped.reason(e), e);
        }
    }

    private static Path find(Path folder, String name) {
        return variants(folder, name).filter(Files::exists).findFirst()
                .orElseThrow(() -> new DataException(folder + " has IDX files, but neither " + name + " nor " + name + ".gz"));
    }

    private static Stream<Path> variants(Path folder, String name) {
        return Stream.of(folder.resolve(name), folder.resolve(name + ".gz"));
    }
}
