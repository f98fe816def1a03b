package alexnet.core.data.idx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import alexnet.core.data.DataException;
import alexnet.core.data.folder.Listing;

/**
 * The files of a set like MNIST by their names: {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte} and the
 * same with {@code t10k} or {@code test}; with a dot before {@code idx}, with the set's name in front as EMNIST has it, and
 * with {@code .gz} added.
 *
 * @param folder where they lie
 * @param files  every file that is called like one
 */
record IdxNames(Path folder, List<Path> files) {

    private static final Pattern NAME =
            Pattern.compile("(?<set>.*[-_.])?(?<half>train|test|t10k)[-_.](?<what>images|labels)[-_.]idx[13][-_.]ubyte(\\.gz)?", Pattern.CASE_INSENSITIVE);

    static IdxNames of(Path folder) {
        return new IdxNames(folder, Listing.of(folder, files -> files.filter(file -> NAME.matcher(file.getFileName().toString()).matches()
                && Files.isRegularFile(file)).sorted(Comparator.comparing(IdxNames::plain)).toList()));
    }

    /**
     * Finds a file.
     *
     * @param training whether it is one of training, or else of test
     * @param what     {@code images} or {@code labels}
     * @return the plain one if it is there zipped as well; empty if there is none
     * @throws DataException if there are those of several sets
     */
    Optional<Path> find(boolean training, String what) {
        List<Path> found = files.stream().filter(file -> {
            Matcher name = NAME.matcher(file.getFileName().toString());
            return name.matches() && name.group("half").equalsIgnoreCase("train") == training && name.group("what").equalsIgnoreCase(what);
        }).toList();
        if (found.stream().map(IdxNames::plain).distinct().count() > 1) {
            throw new DataException(folder + " has the files of several sets: "
                    + found.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(", ")) + "; leave one there");
        }
        return found.stream().min(Comparator.comparing(file -> file.getFileName().toString().length()));
    }

    /** As {@link #find}; what is missing is named. */
    Path require(boolean training, String what) {
        return find(training, what).orElseThrow(() -> {
            String name = (training ? "train-" : "t10k-") + what + (what.equals("images") ? "-idx3-ubyte" : "-idx1-ubyte");
            return new DataException(folder + " has IDX files, but neither " + name + " nor " + name + ".gz");
        });
    }

    private static String plain(Path file) {
        return file.getFileName().toString().replaceFirst("(?i)\\.gz$", "");
    }
}
