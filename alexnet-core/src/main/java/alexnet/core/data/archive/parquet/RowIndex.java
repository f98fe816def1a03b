package alexnet.core.data.archive.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import alexnet.core.data.DataException;
import alexnet.core.data.Opening;
import alexnet.core.data.SampleName;
import alexnet.core.data.Sha256;
import alexnet.core.data.Skipped;
import alexnet.core.data.index.IndexBuilder;
import alexnet.core.data.index.SampleIndex;

/**
 * What the rows of a half of a set are called and labelled, without their images: an index in which a container is a file and an
 * offset a row. It is made once and kept.
 */
final class RowIndex {

    /** Instead of a label where a row has none. */
    static final int UNLABELLED = Integer.MAX_VALUE;

    private RowIndex() {
    }

    /**
     * Opens it, after making it where there is none of these very files.
     *
     * @throws DataException if a file is damaged, two rows are called alike, or it cannot be written
     */
    static SampleIndex of(List<Path> files, Path folder, Opening opening) {
        Path index = folder.resolve("rows.index");
        try {
            if (!Files.exists(index)) {
                Files.createDirectories(folder);
                opening.log().accept("reading what " + count(files) + (files.size() == 1 ? " holds" : " hold") + ", without the images");
                Path unfinished = folder.resolve("rows.unfinished");
                write(files, unfinished);
                Files.move(unfinished, index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return SampleIndex.open(index);
        } catch (IOException e) {
            throw new DataException("cannot write what is known of " + files.getFirst().getParent() + " to " + index + ": " + Skipped.reason(e), e);
        }
    }

    /** How many there are, for messages. */
    static String count(List<Path> files) {
        return files.size() + (files.size() == 1 ? " parquet file" : " parquet files");
    }

    /** The folder for all that is kept of files, as they are now. */
    static Path folder(List<Path> files, Path cache) {
        try {
            MessageDigest digest = Sha256.digest();
            for (Path file : files) {
                digest.update((file.toRealPath() + "\n" + Files.size(file) + "\n" + Files.getLastModifiedTime(file).toMillis() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return cache.resolve("parquet-" + HexFormat.of().formatHex(digest.digest(), 0, 8));
        } catch (IOException e) {
            throw new DataException("cannot read " + files.getFirst().getParent() + ": " + Skipped.reason(e), e);
        }
    }

    private static void write(List<Path> files, Path index) throws IOException {
        List<String> containers = new ArrayList<>();
        for (Path file : files) {
            containers.add(file.getFileName() + " " + Files.size(file));
        }
        // Paths that do not tell images apart, as "image.jpg" for all of them, are no names.
        IndexBuilder named = builder(files, (row) -> row.path == null ? number(row.number) : SampleName.ofPath(row.path));
        (named == null ? builder(files, row -> number(row.number)) : named).write(index, containers);
    }

    private record Row(String path, int number) {
    }

    private static String number(int row) {
        return "%08d".formatted(row);
    }

    /** Null where two rows are called alike. */
    private static IndexBuilder builder(List<Path> files, Function<Row, String> name) {
        IndexBuilder builder = new IndexBuilder();
        Set<String> seen = new HashSet<>();
        for (int container = 0; container < files.size(); container++) {
            try (ParquetFile file = new ParquetFile(files.get(container))) {
                int at = container;
                int begin = builder.size();
                file.describe((path, label) -> {
                    String called = name.apply(new Row(path, builder.size()));
                    seen.add(called);
                    builder.add(called, label >= 0 && label < UNLABELLED ? (int) label : UNLABELLED, at, builder.size() - begin, 0, 0);
                });
            }
        }
        return seen.size() == builder.size() ? builder : null;
    }
}
