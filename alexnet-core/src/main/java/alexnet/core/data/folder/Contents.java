package alexnet.core.data.folder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import alexnet.core.data.DataException;
import alexnet.core.data.Names;
import alexnet.core.data.SampleName;
import alexnet.core.data.Sha256;
import alexnet.core.data.Skipped;

/**
 * Files known by their content (SHA-256), so that the same picture is found again under another name.
 *
 * @param folder  what names leave out
 * @param files   in their order; {@link LabelledFile#content} is the hash
 * @param skipped what is left out, and why
 * @param notes   the same in a line, for the user
 */
public record Contents(Path folder, List<LabelledFile> files, List<Skipped> skipped, List<String> notes) {

    /** Of more files, which are some gigabytes, the contents are not read before training starts. */
    public static final int MOST_READ = 100_000;

    private static final int HEAD = 4096;

    /** Where there are more than {@link #MOST_READ}. */
    public static String notLookedFor(int files) {
        return String.format(Locale.ROOT, "copies were not looked for among %,d images: that would read all of them", files);
    }

    /** That a picture is left out, as it is in several classes by these names. */
    public static Skipped contradictory(String name, String names) {
        return new Skipped(name, "the same picture is in two classes: " + names, false);
    }

    /** The same of all such pictures together. */
    public static String contradictionsLeftOut(List<String> names) {
        return names.size() + " files left out, as the same picture is in two classes: " + Names.some(names);
    }

    /** That copies are left out, of which each is told with what it is a copy of. */
    public static String copiesLeftOut(List<String> copies) {
        return copies.size() + (copies.size() == 1 ? " file" : " files") + " left out whose content another file has too: " + Names.some(copies);
    }

    /**
     * Reads every file.
     *
     * @throws DataException if reading fails for a reason that is not the file's
     */
    static Contents of(Path folder, List<LabelledFile> files) {
        List<Skipped> skipped = new ArrayList<>();
        List<LabelledFile> hashed = files.parallelStream().map(file -> {
            try {
                return new LabelledFile(file.path(), file.label(), hash(file.path()));
            } catch (IOException e) {
                Skipped failure = Skipped.of(file.name(folder), e);
                synchronized (skipped) {
                    skipped.add(failure);
                }
                return null;
            }
        }).filter(Objects::nonNull).toList();
        return new Contents(folder, hashed, skipped, List.of());
    }

    /**
     * The files of a data set whose content another of them has too. Only files of the same length are read.
     *
     * @throws DataException if reading fails for a reason that is not the file's
     */
    static Contents ofCopies(Path folder, List<LabelledFile> files) {
        Map<String, List<LabelledFile>> byLength = files.stream().collect(Collectors.groupingBy(LabelledFile::content));
        List<LabelledFile> sameHead = byLength.values().parallelStream().filter(group -> group.size() > 1)
                .flatMap(group -> group.stream().collect(Collectors.groupingBy(Contents::head)).values().stream())
                .filter(group -> group.size() > 1).flatMap(List::stream).toList();
        Contents read = of(folder, files.stream().filter(new HashSet<>(sameHead)::contains).toList());
        Set<String> copied = copies(read.files).keySet();
        // What cannot be read is told when it is decoded.
        return new Contents(folder, read.files.stream().filter(file -> copied.contains(file.content())).toList(), List.of(), List.of());
    }

    /** The groups of images with the same content, in their order. What is broken in the same way, as empty files are, is no image. */
    Map<String, List<LabelledFile>> copies() {
        return copies(files);
    }

    private static Map<String, List<LabelledFile>> copies(List<LabelledFile> files) {
        Map<String, List<LabelledFile>> groups = files.stream()
                .collect(Collectors.groupingBy(LabelledFile::content, LinkedHashMap::new, Collectors.toList()));
        groups.values().removeIf(group -> group.size() < 2 || !ImageSignature.begins(group.getFirst().path()));
        return groups;
    }

    /**
     * Leaves out every picture that lies in more than one class: nobody can say which of them is right. ILSVRC has such pictures, and its
     * results are those of all images: they stay.
     */
    Contents withoutContradictions() {
        Set<String> contradictory = new HashSet<>();
        List<Skipped> left = new ArrayList<>(skipped);
        copies().forEach((content, group) -> {
            if (group.stream().map(LabelledFile::label).distinct().count() > 1
                    && !group.stream().allMatch(file -> SampleName.isIlsvrc(file.path().getFileName().toString()))) {
                contradictory.add(content);
                String names = Names.some(group.stream().map(file -> file.name(folder)).toList());
                group.forEach(file -> left.add(contradictory(file.name(folder), names)));
            }
        });
        List<String> said = new ArrayList<>(notes);
        if (!contradictory.isEmpty()) {
            List<String> names = left.subList(skipped.size(), left.size()).stream().map(Skipped::name).toList();
            said.add(contradictionsLeftOut(names));
        }
        return new Contents(folder, files.stream().filter(file -> !contradictory.contains(file.content())).toList(), left, said);
    }

    /** Leaves out all but the first of the files with the same content. */
    Contents withoutCopies() {
        Set<LabelledFile> surplus = new HashSet<>();
        List<String> left = new ArrayList<>();
        for (List<LabelledFile> group : copies().values()) {
            for (LabelledFile copy : group.subList(1, group.size())) {
                surplus.add(copy);
                left.add(copy.name(folder) + " is " + group.getFirst().name(folder));
            }
        }
        List<String> said = new ArrayList<>(notes);
        if (!left.isEmpty()) {
            said.add(copiesLeftOut(left));
        }
        return new Contents(folder, files.stream().filter(file -> !surplus.contains(file)).toList(), skipped, said);
    }

    private static String hash(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream input = new DigestInputStream(Files.newInputStream(file), digest)) {
            input.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The hash of the first bytes of a file; its path where it cannot be read. */
    private static String head(LabelledFile file) {
        try (InputStream input = Files.newInputStream(file.path())) {
            return hash(input.readNBytes(HEAD));
        } catch (IOException e) {
            return Skipped.of(file.path().toString(), e).name();
        }
    }

    /** The hash of some bytes. */
    public static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }
}
