package alexnet.core.data.idx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import alexnet.core.data.DataException;
import alexnet.core.data.Names;
import alexnet.core.data.Skipped;

/**
 * The classes of IDX files: the labels that occur, in their order, so that sets which count from 1, as EMNIST's letters do, or
 * leave a number out have no class without images. A file {@code classes.txt} names them, one a line: as many as there are
 * classes, or the first for label 0. Without it they are called by their numbers.
 *
 * @param names  of the classes
 * @param labels for each of the classes its label in the files
 */
record IdxClasses(List<String> names, int[] labels) {

    private static final String FILE = "classes.txt";
    private static final int LABELS = 256;

    /**
     * Names the labels of a folder's files.
     *
     * @throws DataException if the file of names cannot be read or doesn't fit
     */
    static IdxClasses of(Path folder, int[] labels) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new IdxClasses(Arrays.stream(labels).mapToObj(Integer::toString).toList(), labels);
        }
        List<String> lines = lines(file);
        Set<String> seen = new HashSet<>();
        lines.stream().filter(line -> !seen.add(line)).findFirst().ifPresent(twice -> {
            throw new DataException(file + " names two classes " + twice);
        });
        int largest = labels[labels.length - 1];
        if (lines.size() > largest) {
            return new IdxClasses(Arrays.stream(labels).mapToObj(lines::get).toList(), labels);
        }
        if (lines.size() == labels.length) {
            return new IdxClasses(lines, labels);
        }
        throw new DataException(file + " names " + lines.size() + " classes, the labels count " + (largest + 1));
    }

    /** For each label of a file the class, -1 for a label that is none of these. */
    int[] byLabel() {
        int[] classes = new int[LABELS];
        Arrays.fill(classes, -1);
        IntStream.range(0, labels.length).forEach(i -> classes[labels[i]] = i);
        return classes;
    }

    /** The lines that aren't empty: UTF-8, or what the file's byte order mark says. */
    private static List<String> lines(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
            Charset charset = first == 0xFFFE || first == 0xFEFF ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.replace("\uFEFF", "").lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        } catch (CharacterCodingException e) {
            throw new DataException(file + " is not written in UTF-8: save it as such", e);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + Skipped.reason(e), e);
        }
    }
}
