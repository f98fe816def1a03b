package alexnet.core.data.folder;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;

/**
 * Files beside a set that tell what its classes are called, a line each: Caffe's {@code synsets.txt} (WNIDs) and
 * {@code synset_words.txt}, Kaggle's {@code LOC_synset_mapping.txt} (WNIDs and words).
 */
public final class Synsets {

    /** Whose lines are in the order of labels; those with words before those without. */
    private static final List<String> NUMBERED = List.of("LOC_synset_mapping.txt", "synset_words.txt", "synsets.txt", "classes.txt", "labels.txt");
    /** Whose lines have words. */
    private static final List<String> WORDED = List.of("LOC_synset_mapping.txt", "synset_words.txt", "words.txt");
    private static final int UP = 4;
    private static final Pattern WNID = Pattern.compile("(n\\d{8})(?:[\\s,]+(.*))?");
    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("^\\x{FEFF}");
    private static final long LARGEST = 1 << 24;

    private Synsets() {
    }

    /**
     * What the first of the files in a folder says, line by line: what label 0 stands for, label 1 and so on. Empty if there is none.
     *
     * @throws DataException if it cannot be read
     */
    public static List<ClassName> numbered(Path folder) {
        Optional<Path> file = NUMBERED.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
        try {
            return file.isPresent() ? read(file.get()) : List.of();
        } catch (IOException e) {
            throw new DataException("cannot read " + file.get() + ": " + Skipped.reason(e), e);
        }
    }

    private static List<ClassName> read(Path file) throws IOException {
        return lines(text(file));
    }

    /** A file of text, however large it says to be. */
    static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("too large for a list of classes");
        }
        try {
            return BYTE_ORDER_MARK.matcher(Files.readString(file)).replaceFirst("");
        } catch (CharacterCodingException e) {
            throw new IOException("no text in UTF-8", e);
        }
    }

    /** A class a line, but for empty ones. */
    static List<ClassName> lines(String text) {
        return text.lines().filter(line -> !line.isBlank()).map(line -> named(line.strip())).toList();
    }

    private static ClassName named(String line) {
        Matcher synset = WNID.matcher(line);
        if (!synset.matches()) {
            return ClassName.of(line);
        }
        return new ClassName(synset.group(1), Optional.ofNullable(synset.group(2)).filter(words -> !words.isBlank()), OptionalInt.empty());
    }

    /** Classes with the words that a file in a folder, or in one that it lies in, has for them; what cannot be read says nothing. */
    public static List<ClassName> worded(Path folder, List<ClassName> classes) {
        List<ClassName> known = new ArrayList<>();
        Path place = folder.toAbsolutePath().normalize();
        // Kaggle's file lies beside the folder that has the images three levels deeper.
        for (int up = 0; up < UP && place != null; up++, place = place.getParent()) {
            for (String file : WORDED) {
                add(known, place.resolve(file));
            }
        }
        return ClassName.completed(classes, known);
    }

    private static void add(List<ClassName> known, Path file) {
        try {
            if (Files.isRegularFile(file)) {
                read(file).stream().filter(name -> name.words().isPresent()).forEach(known::add);
            }
        } catch (IOException e) {
            // It lies beside the images by chance.
        }
    }
}
