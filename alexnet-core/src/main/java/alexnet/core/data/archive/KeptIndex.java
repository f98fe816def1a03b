package alexnet.core.data.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import alexnet.core.data.DataException;
import alexnet.core.data.Opening;
import alexnet.core.data.Sha256;
import alexnet.core.data.Skipped;
import alexnet.core.data.index.SampleIndex;

/**
 * An index of archives that is made once and kept: in their folder, under a hidden name, or where nothing can be written there, in the
 * cache folder. It is made anew where one of the archives has another length or time.
 *
 * <p>Behind the names of the containers stand the other texts and the notes, each with its mark, and last the stamp by which the
 * archives are known.
 */
public final class KeptIndex {

    /** Looks through the archives. */
    @FunctionalInterface
    public interface Search {

        /** @param progress told in lines for the user how far it is */
        void find(Found found, Consumer<String> progress) throws IOException;
    }

    private static final String VERSION = "alexnet-index-1";
    private static final char TEXT = '\u0001';
    private static final char NOTE = '\u0002';

    private final String name;
    private final Path folder;
    private final String stamp;
    private final Opening opening;

    /**
     * @param name   tells the indices of a folder apart
     * @param folder that the archives lie in
     * @param files  the archives
     */
    public KeptIndex(String name, Path folder, List<Path> files, Opening opening) {
        this.name = name;
        this.folder = folder;
        this.stamp = stamp(files);
        this.opening = opening;
    }

    private String stamp(List<Path> files) {
        StringBuilder known = new StringBuilder(name);
        for (Path file : files) {
            try {
                known.append('\n').append(file.getFileName()).append('\n').append(Files.size(file)).append('\n').append(Files.getLastModifiedTime(file).toMillis());
            } catch (IOException e) {
                throw new DataException("cannot read " + file + ": " + Skipped.reason(e), e);
            }
        }
        return VERSION + " " + hash(known.toString());
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    /**
     * Opens the index, after making it where there is none of these very archives.
     *
     * @param what what messages call the archives
     * @throws DataException if they cannot be read, are damaged, or nothing can be kept
     */
    public Kept open(String what, Search search) {
        for (Path file : places()) {
            Optional<Kept> kept = kept(file);
            if (kept.isPresent()) {
                return kept.get();
            }
        }
        opening.log().accept("looking through " + what + ", once: what is found is kept");
        Found found = new Found();
        try {
            search.find(found, opening.log());
        } catch (IOException e) {
            throw new DataException("cannot read " + what + ": " + Skipped.reason(e), e);
        }
        IOException failure = null;
        for (Path file : places()) {
            try {
                write(found, file);
                return kept(file).orElseThrow(() -> new IOException("it is not as it was written"));
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new DataException("cannot keep what was found in " + what + ", neither there nor in " + opening.cache() + " ("
                + Skipped.reason(failure) + "): make room, or name another folder by --cache", failure);
    }

    private List<Path> places() {
        Path real;
        try {
            real = folder.toRealPath();
        } catch (IOException e) {
            throw new DataException("cannot read " + folder + ": " + Skipped.reason(e), e);
        }
        return List.of(real.resolve(".alexnet-" + name + ".index"), opening.cache().resolve("index-" + hash(real + "\n" + name)));
    }

    private Optional<Kept> kept(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        SampleIndex index;
        try {
            index = SampleIndex.open(file);
        } catch (IOException | DataException e) {
            // What cannot be used is made anew.
            return Optional.empty();
        }
        List<String> containers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<String> behind = index.containers();
        for (String each : behind.subList(0, Math.max(0, behind.size() - 1))) {
            switch (each.isEmpty() ? ' ' : each.charAt(0)) {
                case TEXT -> texts.add(each.substring(1));
                case NOTE -> notes.add(each.substring(1));
                default -> containers.add(each);
            }
        }
        if (behind.isEmpty() || !behind.getLast().equals(stamp) || !liesIn(index, containers.size())) {
            index.close();
            return Optional.empty();
        }
        return Optional.of(new Kept(index, containers, texts, notes));
    }

    private static boolean liesIn(SampleIndex index, int containers) {
        for (int i = 0; i < index.size(); i++) {
            if (index.container(i) >= containers) {
                return false;
            }
        }
        return true;
    }

    private void write(Found found, Path file) throws IOException {
        List<String> behind = new ArrayList<>(found.containers());
        found.texts().forEach(text -> behind.add(TEXT + text));
        found.notes().forEach(note -> behind.add(NOTE + note));
        behind.add(stamp);
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".unfinished");
        try {
            found.samples().write(unfinished, behind);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
