package alexnet.core.data.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import alexnet.core.data.ClassNumbers;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Names;
import alexnet.core.data.Opening;
import alexnet.core.data.TestSet;

/**
 * Opens a data set by what the user calls it: one of the {@linkplain #NAMES known names}, which is fetched on first use,
 * or any folder or file of one of the {@link Forms}. A folder that happens to be called like a known set is reached as
 * {@code ./name}.
 */
public final class Datasets {

    /** The sets that {@code scripts/fetch-data} can fetch. */
    public static final List<String> NAMES = List.of("food-photographs", "fashion-mnist");

    /** The system property by which the launcher passes the project's folder. */
    public static final String HOME_PROPERTY = "alexnet.home";
    /** The environment variable that names another folder for fetched sets than {@code data} in the project's. */
    public static final String DATA_VARIABLE = "ALEXNET_DATA";

    private static final int CLASSES_NAMED = 10;

    private final Path home;
    private final Path data;
    private final Consumer<String> log;
    private final Opening opening;

    /**
     * @param home the project's folder, or null if it is not known
     * @param data the folder that fetched sets lie in, or null for {@code data} in the project's
     * @param opening what opening may need; its log is told what is fetched and where it lies, too
     */
    Datasets(Path home, Path data, Opening opening) {
        this.home = home;
        this.data = data == null && home != null ? home.resolve("data") : data;
        this.opening = opening;
        this.log = opening.log();
    }

    private Datasets(Opening opening) {
        this(path(System.getProperty(HOME_PROPERTY)), path(System.getenv(DATA_VARIABLE)), opening);
    }

    private static Path path(String value) {
        return value == null || value.isEmpty() ? null : Path.of(value);
    }

    /**
     * Opens a data set.
     *
     * @param value   a known name, a folder or a file
     * @param opening what opening may need; its log is told in lines for the user what is fetched, where it lies, how it was split and
     *                which classes it has
     * @throws DataException if it is not there, cannot be fetched, or is no data set
     */
    public static Dataset open(String value, Opening opening) {
        return new Datasets(opening).open(value);
    }

    /** The same with what is kept in the user's own cache folder. */
    public static Dataset open(String value, Consumer<String> log) {
        return open(value, Opening.standard(log));
    }

    /**
     * Opens the images of a data set that a network is to be tested on: its validation half, or all of a folder that has none.
     *
     * @param trained what the network was trained on, if that is known: none of it is measured again
     * @throws DataException as {@link #open}
     */
    public static TestSet openTest(String value, Optional<Fingerprint> trained, Opening opening) {
        return new Datasets(opening).openTest(value, trained);
    }

    /** The same with what is kept in the user's own cache folder. */
    public static TestSet openTest(String value, Optional<Fingerprint> trained, Consumer<String> log) {
        return openTest(value, trained, Opening.standard(log));
    }

    Dataset open(String value) {
        Path folder = place(value);
        Dataset dataset = Forms.of(folder).open(folder, opening);
        requireNumbering(folder, dataset.classes(), List.of(dataset.training(), dataset.validation()));
        log.accept(String.format(Locale.ROOT, "%s: %d training and %d validation images of %d classes in %s", value, dataset.training().size(),
                dataset.validation().size(), dataset.classes().size(), folder.toAbsolutePath().normalize()));
        tell(dataset.classes(), dataset.notes());
        return dataset;
    }

    TestSet openTest(String value, Optional<Fingerprint> trained) {
        Path folder = place(value);
        TestSet set = Forms.of(folder).openTest(folder, trained, opening);
        if (set.classes().isEmpty()) {
            log.accept(String.format(Locale.ROOT, "%s: %d images without labels in %s", value, set.images().size(), folder.toAbsolutePath().normalize()));
            set.notes().forEach(log);
            return set;
        }
        requireNumbering(folder, set.classes(), List.of(set.images()));
        log.accept(String.format(Locale.ROOT, "%s: %d images of %d %s in %s", value, set.images().size(), set.classes().size(),
                set.classes().size() == 1 ? "class" : "classes", folder.toAbsolutePath().normalize()));
        tell(set.classes(), set.notes());
        return set;
    }

    private static void requireNumbering(Path folder, List<String> classes, List<ImageSource> halves) {
        try {
            halves.forEach(images -> ClassNumbers.require(folder, classes, images));
        } catch (DataException refused) {
            halves.forEach(ImageSource::close);
            throw refused;
        }
    }

    private void tell(List<String> classes, List<String> notes) {
        log.accept((classes.size() == 1 ? "class: " : "classes: ") + Names.some(classes, CLASSES_NAMED));
        notes.forEach(log);
    }

    private Path place(String value) {
        Path place = NAMES.contains(value) ? fetched(value) : Path.of(value);
        if (!Files.exists(place)) {
            throw new DataException("no such folder: " + place + " (data sets known by name: " + String.join(", ", NAMES) + ")");
        }
        return place;
    }

    private Path fetched(String name) {
        if (data == null) {
            throw new DataException("cannot tell where " + name + " lies: start the program by scripts/alexnet, or set "
                    + DATA_VARIABLE + " to the folder of data sets");
        }
        Path folder = data.resolve(name);
        if (!Files.exists(folder)) {
            fetch(name, folder);
        }
        return folder;
    }

    private void fetch(String name, Path folder) {
        if (home == null) {
            throw new DataException("no " + name + " in " + data + ": fetch it by scripts/fetch-data " + name + " --to " + folder);
        }
        Path script = home.resolve("scripts").resolve("fetch-data");
        log.accept("fetching " + name + " to " + folder.toAbsolutePath().normalize());
        String lastLine = "";
        int exitCode;
        try {
            Process process = new ProcessBuilder(script.toString(), name, "--to", folder.toString()).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (BufferedReader output = process.inputReader()) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    log.accept(line);
                    lastLine = line;
                }
                exitCode = process.waitFor();
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new DataException("interrupted while fetching " + name, e);
            }
        } catch (IOException e) {
            throw new DataException("cannot run " + script + " to fetch " + name + ": " + e.getMessage(), e);
        }
        if (exitCode != 0) {
            throw new DataException("could not fetch " + name + ": " + lastLine);
        }
    }
}
