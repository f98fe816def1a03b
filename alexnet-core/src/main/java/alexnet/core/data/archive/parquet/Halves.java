package alexnet.core.data.archive.parquet;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Opening;
import alexnet.core.data.archive.NumberedClasses;
import alexnet.core.data.folder.Half;
import alexnet.core.data.index.SampleIndex;
import alexnet.core.data.shard.SetSize;

/** The halves of a set of parquet files while it is opened; what is not kept is closed. */
final class Halves implements AutoCloseable {

    private final ParquetFiles files;
    private final Opening opening;
    private final Map<Half, SampleIndex> indices = new EnumMap<>(Half.class);

    Halves(Path path, Opening opening) {
        this.files = ParquetFiles.in(path);
        this.opening = opening;
    }

    /** The rows of a half; empty if there is no such half. */
    Optional<SampleIndex> index(Half half) {
        return files.halves().containsKey(half) ? Optional.of(indices.computeIfAbsent(half, this::rows)) : Optional.empty();
    }

    /** What to measure with: the validation half, or else a labelled test half. */
    Optional<Half> evaluation() {
        if (files.halves().containsKey(Half.VALIDATION)) {
            return Optional.of(Half.VALIDATION);
        }
        return index(Half.TEST).filter(Halves::isLabelled).map(_ -> Half.TEST);
    }

    private static boolean isLabelled(SampleIndex rows) {
        for (int row = 0; row < rows.size(); row++) {
            if (rows.label(row) != RowIndex.UNLABELLED) {
                return true;
            }
        }
        return false;
    }

    /** Names the classes by all that some halves tell of them. */
    NumberedClasses classes(List<SampleIndex> telling) {
        List<String> said;
        try (ParquetFile first = new ParquetFile(files.halves().values().iterator().next().getFirst())) {
            said = first.classNames();
            if (!first.isLabelled()) {
                throw new DataException(files.folder() + ": the parquet files have no column of labels (expected is label: int64)");
            }
        }
        var classes = new NumberedClasses.Builder(files.folder().toString());
        for (SampleIndex rows : telling) {
            for (int row = 0; row < rows.size(); row++) {
                int label = rows.label(row);
                if (label != RowIndex.UNLABELLED && (said.isEmpty() || label < said.size())) {
                    classes.add(label, rows.name(row));
                }
            }
        }
        return classes.build(ClassName.of(said));
    }

    /** The images of a half. */
    ParquetImages images(Half half, NumberedClasses classes) {
        return ParquetImages.of(index(half).orElseThrow(), classes, staging(half));
    }

    private Staging staging(Half half) {
        List<Path> parts = files.halves().get(half);
        return new Staging(parts, RowIndex.folder(parts, opening.cache()), opening);
    }

    private SampleIndex rows(Half half) {
        List<Path> parts = files.halves().get(half);
        return RowIndex.of(parts, RowIndex.folder(parts, opening.cache()), opening);
    }

    /** What of a half is held out for validation, or the rest. */
    ParquetImages share(Half half, ParquetImages images, BitSet heldOut, boolean isHeldOut) {
        return images.some(heldOut, isHeldOut, rows(half), staging(half));
    }

    /** What reading the images of the halves that are open takes, for the user. */
    String copying() {
        long bytes = 0;
        for (Half half : indices.keySet()) {
            bytes += files.halves().get(half).stream().mapToLong(file -> file.toFile().length()).sum();
        }
        return "parquet files cannot be read in random order: before the first image is, all are copied once, about " + SetSize.text(bytes) + ", to "
                + opening.staging().orElse(opening.cache()) + ", and removed at the end";
    }

    /** Leaves all halves open. */
    void keep() {
        indices.clear();
    }

    /** Leaves a half open. */
    void keep(Half half) {
        indices.remove(half);
    }

    @Override
    public void close() {
        indices.values().forEach(SampleIndex::close);
    }
}
