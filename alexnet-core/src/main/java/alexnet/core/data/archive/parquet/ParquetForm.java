package alexnet.core.data.archive.parquet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Form;
import alexnet.core.data.HeldOutNames;
import alexnet.core.data.Opening;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.NumberedClasses;
import alexnet.core.data.folder.Half;
import alexnet.core.data.index.SampleIndex;

/**
 * Parquet files as Hugging Face publishes sets of images: {@code data/train-*.parquet} and {@code data/validation-*.parquet} with the
 * columns {@code image: struct<bytes, path>} and {@code label}, see {@link ParquetFiles} and {@link Columns}. Where there is no
 * validation half, a labelled test half stands for it; where there is none either, a share of each class is held out.
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
            Optional<Half> evaluation = halves.evaluation();
            if (evaluation.isEmpty()) {
                return heldOut(path, halves, training);
            }
            Half evaluated = evaluation.get();
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

    private static Dataset heldOut(Path path, Halves halves, SampleIndex rows) {
        NumberedClasses classes = halves.classes(List.of(rows));
        ParquetImages all = halves.images(Half.TRAINING, classes);
        BitSet heldOut = HeldOutNames.of(all.size(), all::label, all::sampleName, HeldOutNames.SHARE);
        List<String> notes = new ArrayList<>(classes.note().stream().toList());
        notes.add(HeldOutNames.note(heldOut.cardinality(), all.size(), HeldOutNames.SHARE));
        notes.add(halves.copying());
        return new Dataset(path, halves.share(Half.TRAINING, all, heldOut, false), halves.share(Half.TRAINING, all, heldOut, true), classes.names(),
                all.skipped(), notes);
    }

    @Override
    public TestSet openTest(Path path, Optional<Fingerprint> trained, Opening opening) {
        try (Halves halves = new Halves(path, opening)) {
            Optional<Half> evaluation = halves.evaluation();
            if (evaluation.isEmpty()) {
                Dataset split = heldOut(path, halves, halves.index(Half.TRAINING).orElseThrow(() -> new DataException(path
                        + " has test images without labels alone: nothing can be measured with them")));
                split.training().close();
                return new TestSet(path, split.validation(), split.classNames(), split.skipped(), split.notes());
            }
            Half evaluated = evaluation.get();
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
