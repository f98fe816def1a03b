package alexnet.core.data.archive.list;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;
import alexnet.core.data.archive.NumberedClasses;
import alexnet.core.data.folder.Half;
import alexnet.core.data.folder.LabelledFile;
import alexnet.core.data.folder.LabelledFiles;
import alexnet.core.data.folder.Listing;

/**
 * A list of images as Caffe has it: a line each of a path and the number of a class.
 *
 * @param file  the list, UTF-8
 * @param half  what its images are for
 * @param base  what its paths are relative to
 * @param files the images, in the list's order, with the numbers as labels
 */
record ImageList(Path file, Half half, Path base, List<LabelledFile> files) {

    private static final Pattern LINE = Pattern.compile("(.+?)\\s+(\\d{1,9})");
    private static final Pattern IMAGE = Pattern.compile("(?i).*\\.(jpe?g|png|bmp|gif|tiff?|webp)");
    private static final int LONGEST_LINE = 1 << 13;
    private static final int TRIED = 100;

    /** Whether the first line of a file is that of such a list, or of one without numbers. */
    static boolean isOne(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            char[] head = new char[LONGEST_LINE];
            int length = lines.read(head);
            Optional<String> first = length < 0 ? Optional.empty() : new String(head, 0, length).lines().filter(line -> !line.isBlank()).findFirst();
            return first.map(String::strip).filter(line -> IMAGE.matcher(line).matches()
                    || LINE.matcher(line) instanceof Matcher parts && parts.matches() && IMAGE.matcher(parts.group(1)).matches()).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads a list.
     *
     * @param folder what its images lie in: it, or the folder of its half in it
     * @throws DataException if it cannot be read, or names what lies outside of the folder
     */
    static ImageList read(Path file, Half half, Path folder) {
        List<String> first = new ArrayList<>();
        Entries counted = new Entries(file);
        counted.forEach((path, _) -> {
            if (first.size() < TRIED) {
                first.add(path);
            }
        });
        Path base = candidates(folder, half).filter(place -> first.stream().anyMatch(path -> Files.exists(place.resolve(path)))).findFirst()
                .orElseThrow(() -> new DataException(first.isEmpty() ? file + " names no images" : file + " names " + first.getFirst()
                        + ", which is neither in " + folder + " nor in a folder for " + half.name().toLowerCase(Locale.ROOT) + " in it"));
        LabelledFiles files = new LabelledFiles();
        Inside inside = new Inside(base, file);
        counted.forEach((path, label) -> files.add(inside.file(path, label)));
        return new ImageList(file, half, base, files);
    }

    private static Stream<Path> candidates(Path folder, Half half) {
        List<Path> named = Listing.of(folder, inside -> inside.filter(path -> Files.isDirectory(path)
                && Half.named(path.getFileName().toString()).equals(Optional.of(half))).sorted().toList());
        return Stream.concat(Stream.of(folder), named.stream());
    }

    /** Its path as it stands in the list, but for the folder of the half. */
    String path(LabelledFile image) {
        String path = base.relativize(image.path()).toString().replace(File.separatorChar, '/');
        int slash = path.indexOf('/');
        return slash > 0 && Half.named(path.substring(0, slash)).equals(Optional.of(half)) ? path.substring(slash + 1) : path;
    }

    /** Tells a builder of all of them. */
    void describe(NumberedClasses.Builder classes) {
        files.forEach(image -> classes.add(image.label(), path(image)));
    }

    /** The lines of a list, read anew each time. */
    private record Entries(Path file) {

        interface Entry {

            void of(String path, int label);
        }

        void forEach(Entry entry) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                int number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (line.isBlank()) {
                        continue;
                    }
                    Matcher parts = LINE.matcher(line.strip());
                    if (line.length() > LONGEST_LINE || !parts.matches() || parts.group(1).chars().anyMatch(Character::isISOControl)) {
                        throw new DataException(file + " line " + number + ": expected the path of an image and the number of its class, as in "
                                + "'n01440764/n01440764_10026.JPEG 0', not '" + line.substring(0, Math.min(80, line.length())).strip().replaceAll("\\p{Cntrl}", "?") + "'");
                    }
                    entry.of(parts.group(1), Integer.parseInt(parts.group(2)));
                }
            } catch (CharacterCodingException e) {
                throw new DataException(file + " is no text in UTF-8", e);
            } catch (IOException e) {
                throw new DataException("cannot read " + file + ": " + Skipped.reason(e), e);
            }
        }
    }

    /** Finds files below a folder and nowhere else. */
    private static final class Inside {

        private final Path base;
        private final Path list;
        private final Path real;
        private final Map<Path, Boolean> folders = new HashMap<>();

        Inside(Path base, Path list) {
            this.base = base;
            this.list = list;
            try {
                this.real = base.toRealPath();
            } catch (IOException e) {
                throw new DataException("cannot read " + base + ": " + Skipped.reason(e), e);
            }
        }

        LabelledFile file(String path, int label) {
            Path file;
            try {
                file = base.resolve(path).normalize();
            } catch (InvalidPathException e) {
                throw new DataException(list + " names " + path + ", which is no path", e);
            }
            if (Path.of(path).isAbsolute() || path.startsWith("/") || !file.startsWith(base.normalize()) || file.equals(base.normalize())) {
                throw new DataException(list + " names " + path + ", which is not below " + base + ": name files by their paths in it");
            }
            // A path that is written with . and .. is another's file by another name.
            file = base.resolve(base.normalize().relativize(file));
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isSymbolicLink() && !leadsInside(file) || !folders.computeIfAbsent(file.getParent(), this::leadsInside)) {
                    throw new DataException(list + " names " + path + ", a link that leads out of " + base);
                }
                return attributes.isSymbolicLink() ? LabelledFile.of(file, label) : new LabelledFile(file, label, Long.toString(attributes.size()));
            } catch (IOException e) {
                // Who reads it will say what is wrong with it.
                return new LabelledFile(file, label, "");
            }
        }

        private boolean leadsInside(Path path) {
            try {
                return path.toRealPath().startsWith(real);
            } catch (IOException e) {
                return true;
            }
        }
    }
}
