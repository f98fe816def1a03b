package alexnet.core.data.imitation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The devkit: what the classes are, and which class a validation image has. */
public final class Devkit {

    private static final String FOLDER = "ILSVRC2012_devkit_t12/";
    private static final List<String> FIELDS = List.of("ILSVRC2012_ID", "WNID", "words", "gloss", "num_children", "children", "wordnet_height",
            "num_train_images");

    private Devkit() {
    }

    /** The archive, a gzipped tar. */
    public static byte[] archive(ImitatedSet set) {
        String truth = set.validation().map(sample -> set.id(sample.label()) + "\n").collect(Collectors.joining());
        return archive(meta(set), truth.getBytes(StandardCharsets.UTF_8));
    }

    /** The archive with these files in it. */
    public static byte[] archive(byte[] meta, byte[] groundTruth) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            TarWriter.add(gzip, FOLDER + "readme.txt", "ImageNet Large Scale Visual Recognition Challenge, imitated\n".getBytes(StandardCharsets.UTF_8));
            TarWriter.add(gzip, FOLDER + "data/meta.mat", meta);
            TarWriter.add(gzip, FOLDER + "data/ILSVRC2012_validation_ground_truth.txt", groundTruth);
            gzip.write(new byte[1024]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The classes by their numbers, and behind them as many more synsets that are kinds of others. */
    public static byte[] meta(ImitatedSet set) {
        int classes = set.classes();
        Integer[] rankOf = new Integer[classes];
        for (int rank = 0; rank < classes; rank++) {
            rankOf[set.id(rank) - 1] = rank;
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int id = 1; id <= classes; id++) {
            int rank = rankOf[id - 1];
            int images = (int) set.training().filter(sample -> sample.label() == rank).count();
            rows.add(List.of(id, set.wnid(rank), set.words(rank), "what is meant by " + set.words(rank), 0, new int[0], 0, images));
        }
        for (int id = classes + 1; id <= classes * 2 - 1; id++) {
            int[] children = {id - classes, id - classes + 1};
            rows.add(List.of(id, "n%08d".formatted(100_000 + id), "kinds " + id, "", children.length, children, 1 + id % 12, 0));
        }
        return MatFile.of("synsets", FIELDS, rows);
    }
}
