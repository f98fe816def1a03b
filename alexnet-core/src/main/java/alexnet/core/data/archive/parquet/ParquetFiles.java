package alexnet.core.data.archive.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import alexnet.core.data.DataException;
import alexnet.core.data.Names;
import alexnet.core.data.Skipped;
import alexnet.core.data.folder.Foreign;
import alexnet.core.data.folder.Half;

/**
 * The parquet files of a set: {@code data/train-00000-of-00294.parquet}, or {@code train/0000.parquet}, also in the cache folder
 * ({@code datasets--X--Y/snapshots/REVISION}), or the folder of any of these.
 *
 * @param folder what they lie in
 * @param halves for each half that there is its files, in the order of their names
 */
record ParquetFiles(Path folder, Map<Half, List<Path>> halves) {

    private static final int DEPTH = 7;
    private static final int FOLDERS_LOOKED_INTO = 50;
    private static final int FILES_LOOKED_AT = 100;
    private static final String EXTENSION = ".parquet";
    private static final Pattern PART = Pattern.compile("(.*)-(\\d+)-of-(\\d+)(?:-[0-9a-f]+)?");

    /** Whether a folder holds parquet files, or a file is one. Of folders of images, which may be large, little is looked at. */
    static boolean among(Path path) {
        Deque<Path> left = new ArrayDeque<>(List.of(path));
        for (int looked = 0; looked < FOLDERS_LOOKED_INTO && !left.isEmpty(); looked++) {
            Path next = left.remove();
            if (Files.isRegularFile(next)) {
                return isParquet(next);
            }
            try (Stream<Path> inside = Files.list(next)) {
                List<Path> some = inside.limit(FILES_LOOKED_AT).filter(file -> !Foreign.named(file.getFileName().toString())).toList();
                if (some.stream().anyMatch(ParquetFiles::isParquet)) {
                    return true;
                }
                some.stream().filter(Files::isDirectory).forEach(left::add);
            } catch (IOException | UncheckedIOException e) {
                // Whoever lists all of it will say so.
                return false;
            }
        }
        return false;
    }

    private static boolean isParquet(Path file) {
        return file.getFileName().toString().endsWith(EXTENSION);
    }

    private static Stream<Path> walk(Path folder) throws IOException {
        return Files.find(folder, DEPTH, (path, attributes) -> attributes.isRegularFile(), FileVisitOption.FOLLOW_LINKS);
    }

    /**
     * Finds them.
     *
     * @throws DataException if it cannot be told which are for what, or some are missing
     */
    static ParquetFiles in(Path path) {
        List<Path> files;
        try (Stream<Path> below = walk(path)) {
            files = below.filter(ParquetFiles::isParquet).filter(file -> !hidden(path, file)).sorted().toList();
        } catch (IOException e) {
            throw new DataException("cannot list the files of " + path + ": " + Skipped.reason(e), e);
        } catch (UncheckedIOException e) {
            throw new DataException("cannot list the files of " + path + ": " + Skipped.reason(e.getCause()), e);
        }
        requireOneSet(path, files);
        Map<Half, List<Path>> halves = new EnumMap<>(Half.class);
        List<Path> others = new ArrayList<>();
        for (Path file : files) {
            half(path, file).ifPresentOrElse(half -> halves.computeIfAbsent(half, _ -> new ArrayList<>()).add(file), () -> others.add(file));
        }
        if (halves.isEmpty()) {
            throw new DataException(path + ": nothing says which of the parquet files are for training: call them train-*.parquet and validation-*.parquet ("
                    + Names.some(others.stream().map(file -> file.getFileName().toString()).toList()) + ")");
        }
        halves.values().forEach(ParquetFiles::requireAll);
        return new ParquetFiles(path, halves);
    }

    private static boolean hidden(Path folder, Path file) {
        for (Path part : folder.relativize(file)) {
            if (Foreign.named(part.toString())) {
                return true;
            }
        }
        return false;
    }

    /** What the name of a file says, or those of the folders that it lies in. */
    private static Optional<Half> half(Path folder, Path file) {
        String name = file.getFileName().toString();
        Optional<Half> said = Half.named(stem(name));
        for (Path parent = file.getParent(); said.isEmpty() && parent != null && parent.startsWith(folder); parent = parent.getParent()) {
            said = parent.getFileName() == null ? Optional.empty() : Half.named(parent.getFileName().toString());
        }
        return said;
    }

    private static String stem(String name) {
        String stem = name.substring(0, name.length() - EXTENSION.length());
        Matcher part = PART.matcher(stem);
        return part.matches() ? part.group(1) : stem;
    }

    /** Revisions and configurations of a set lie beside each other, and hold the same images. */
    private static void requireOneSet(Path path, List<Path> files) {
        Set<String> folders = files.stream().map(file -> half(file.getParent(), file).isPresent() && Half.named(file.getParent().getFileName().toString()).isPresent()
                ? file.getParent().getParent() : file.getParent()).map(folder -> path.relativize(folder).toString()).collect(Collectors.toCollection(TreeSet::new));
        if (folders.size() > 1) {
            throw new DataException(path + " has parquet files in more than one folder (" + Names.some(List.copyOf(folders)) + "): give one of them");
        }
    }

    /** Of {@code train-00003-of-00294} follows how many there are. */
    private static void requireAll(List<Path> files) {
        Map<String, List<Matcher>> parts = files.stream().map(file -> file.getFileName().toString())
                .map(name -> PART.matcher(name.substring(0, name.length() - EXTENSION.length()))).filter(Matcher::matches)
                .collect(Collectors.groupingBy(part -> part.group(1) + "-*-of-" + part.group(3)));
        parts.forEach((name, there) -> {
            if (there.size() != Integer.parseInt(there.getFirst().group(3))) {
                throw new DataException(files.getFirst().getParent() + " has " + there.size() + " of the files " + name + EXTENSION
                        + ": fetch the others, too");
            }
        });
        files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    }
}
