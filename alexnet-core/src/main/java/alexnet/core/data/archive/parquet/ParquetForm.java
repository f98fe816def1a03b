package alexnet.core.data.archive.parquet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.NumberedClasses;
import alexnet.core.data.folder.Half;
import alexnet.core.data.index.SampleIndex;

/**
 * Parquet files as Hugging Face publishes sets of images: {@code data/train-*.parquet} and {@code data/validation-*.parquet} with the
 * columns {@code image: struct<bytes, path>} and {@code label}, see {@link ParquetFiles} and {@link Columns}. Where there is no
 * validation half, a labelled test half stands for it.
 */
public final class ParquetForm implements Form {

    @Override
    public String name() {
        return "parquet files";
    }

    @Override
    public boolean recognises(Path path) {
        return ParquetFiles.among(path);
    }

    @Override
    public Dataset open(Path path, Opening opening) {
        try (Halves halves = new Halves(path, opening)) {
            SampleIndex training = halves.index(Half.TRAINING).orElseThrow(() -> new DataException(path + " has no parquet files for training, such as train-00000-of-00001.parquet"));
            Half evaluated = halves.evaluation().orElseThrow(() -> new DataException(path + " has parquet files for training alone: "
                    + "put the ones for validation, such as validation-00000-of-00001.parquet, beside them"));
            NumberedClasses classes = halves.classes(List.of(training, halves.index(evaluated).orElseThrow()));
            ParquetImages learnt = halves.images(Half.TRAINING, classes);
            ParquetImages measured = halves.images(evaluated, classes);
            List<String> notes = new ArrayList<>();
            classes.note().ifPresent(notes::add);
            if (evaluated == Half.TEST) {
                notes.add("validation images are those for test");
            }
            notes.add(halves.copying());
            var skipped = new ArrayList<>(learnt.skipped());
            skipped.addAll(measured.skipped());
            Dataset dataset = new Dataset(path, learnt, measured, classes.names(), skipped, notes);
            halves.keep();
            return dataset;
        }
    }

    @Override
    public TestSet openTest(Path path, Optional<Fingerprint> trained, Opening opening) {
        try (Halves halves = new Halves(path, opening)) {
            Half evaluated = halves.evaluation().or(() -> halves.files().halves().keySet().stream().findFirst()).orElseThrow();
            List<SampleIndex> telling = new ArrayList<>();
            halves.index(Half.TRAINING).ifPresent(telling::add);
            telling.add(halves.index(evaluated).orElseThrow());
            NumberedClasses classes = halves.classes(telling);
            ParquetImages measured = halves.images(evaluated, classes);
            TestSet set = new TestSet(path, measured, classes.names(), measured.skipped(), classes.note().stream().toList());
            halves.keep(evaluated);
            return set;
        }
    }
}
