package alexnet.core.data.archive.wds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import alexnet.core.data.DataException;
import alexnet.core.data.Names;
import alexnet.core.data.archive.tar.TarEntry;
import alexnet.core.data.archive.tar.TarFile;
import alexnet.core.data.folder.Half;
import alexnet.core.data.folder.Listing;

/**
 * The tars of a set by what they are for: in one folder, told by their names or by {@code _info.json}; in a folder for each half; or in
 * the snapshot of Hugging Face's cache. Tars of which nothing says what they are for are for training.
 *
 * @param folder   where they lie
 * @param info     what {@code _info.json} says
 * @param training those to learn from, sorted by name
 * @param measured those of validation, or else of test
 * @param half     which of the two it is
 */
record Shards(Path folder, Info info, List<Path> training, List<Path> measured, Half half) {

    private static final int LOOKED_AT = 32;

    /** Whether a folder has tars with samples, or a file is one. */
    static boolean areIn(Path path) {
        Path folder = root(path);
        return tars(path, folder).stream().limit(LOOKED_AT).anyMatch(Shards::hasSamples);
    }

    /** Whether among the first files of a tar an image and its label have the same stem. */
    private static boolean hasSamples(Path tar) {
        List<Member> first = TarFile.first(tar, LOOKED_AT).stream().map(TarEntry::name).map(Member::of).toList();
        return first.stream().anyMatch(member -> member.isImage()
                && first.stream().anyMatch(other -> other.stem().equals(member.stem()) && other.isLabel()));
    }

    /** @throws DataException if there are no tars for training, or some are missing */
    static Shards of(Path path) {
        Path folder = root(path);
        Info info = Info.of(folder);
        Map<Half, List<Path>> halves = new EnumMap<>(Half.class);
        for (Path tar : tars(path, folder)) {
            halves.computeIfAbsent(info.half(tar.getFileName().toString()).or(() -> named(folder, tar)).orElse(Half.TRAINING), _ -> new ArrayList<>()).add(tar);
        }
        if (Files.isDirectory(path)) {
            List<String> there = halves.values().stream().flatMap(List::stream).map(tar -> tar.getFileName().toString()).toList();
            List<String> missing = info.files().stream().filter(name -> !there.contains(name)).toList();
            if (!missing.isEmpty()) {
                throw new DataException(folder + ": " + missing.size() + " of the " + info.files().size() + " files of " + Info.NAME + " are not there ("
                        + Names.some(missing) + "): get them too");
            }
        }
        Half half = halves.containsKey(Half.VALIDATION) ? Half.VALIDATION : Half.TEST;
        return new Shards(folder, info, halves.getOrDefault(Half.TRAINING, List.of()), halves.getOrDefault(half, List.of()), half);
    }

    private static Optional<Half> named(Path folder, Path tar) {
        return Half.named(tar.getFileName().toString()).or(() -> tar.getParent().equals(folder) ? Optional.empty() : Half.named(tar.getParent().getFileName().toString()));
    }

    /** The folder that the tars lie in, or their halves. */
    private static Path root(Path path) {
        if (!Files.isDirectory(path)) {
            return path.toAbsolutePath().getParent();
        }
        List<Path> snapshots = list(path.resolve("snapshots"), Files::isDirectory);
        return snapshots.size() == 1 && list(path, Shards::isTar).isEmpty() ? snapshots.getFirst() : path;
    }

    private static List<Path> tars(Path path, Path folder) {
        if (!Files.isDirectory(path)) {
            return isTar(path) && Files.isRegularFile(path) ? List.of(path.toAbsolutePath()) : List.of();
        }
        List<Path> tars = new ArrayList<>(list(folder, Shards::isTar));
        if (tars.isEmpty()) {
            // Folders of images have theirs by the same names, with a folder a class in them.
            list(folder, each -> Files.isDirectory(each) && (Half.named(each.getFileName().toString()).isPresent()
                    || each.endsWith("data"))).forEach(each -> tars.addAll(list(each, Shards::isTar)));
        }
        return tars.stream().filter(tar -> Files.isRegularFile(tar) && !tar.getFileName().toString().startsWith(".")).sorted(Comparator.comparing(Path::toString)).toList();
    }

    private static boolean isTar(Path path) {
        return path.getFileName().toString().endsWith(".tar");
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        return Files.isDirectory(folder) ? Listing.of(folder, inside -> inside.filter(wanted).toList()) : List.of();
    }
}
