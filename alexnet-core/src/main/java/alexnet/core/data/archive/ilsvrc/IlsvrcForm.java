package alexnet.core.data.archive.ilsvrc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.HeldOutSamples;

/**
 * ILSVRC's archives as they are downloaded, in one folder: {@code ILSVRC2012_img_train.tar}, {@code ILSVRC2012_img_val.tar} and
 * {@code ILSVRC2012_devkit_t12.tar.gz}; or the first of them, named itself. They are read in place. What they are is told from what is
 * in them, so that they may be called otherwise.
 */
public final class IlsvrcForm implements Form {

    @Override
    public String name() {
        return "the archives of ILSVRC";
    }

    @Override
    public boolean recognises(Path path) {
        return IlsvrcFiles.areIn(path);
    }

    @Override
    public Dataset open(Path path, Opening opening) {
        IlsvrcFiles files = IlsvrcFiles.of(path);
        if (files.training().isEmpty()) {
            throw new DataException(path + " has validation images alone: put ILSVRC2012_img_train.tar beside them");
        }
        Optional<Devkit> devkit = DevkitFiles.find(files.folder()).map(Devkit::of);
        TrainingArchive training = TrainingArchive.open(files, opening);
        try {
            List<ClassName> classes = ClassName.completed(ClassName.of(training.classes()), devkit.map(Devkit::classes).orElse(List.of()));
            List<String> notes = new ArrayList<>(training.notes());
            if (files.validation().isEmpty()) {
                HeldOutSamples split = HeldOutSamples.of(training.images(), classes.size(), path.toString());
                notes.add("there are no validation images: put ILSVRC2012_img_val.tar and ILSVRC2012_devkit_t12.tar.gz beside the others to measure with them");
                notes.addAll(split.notes());
                return new Dataset(path, split.training(), split.validation(), classes, split.skipped(), notes);
            }
            ValidationArchive measured = ValidationArchive.open(files.validation().get(), devkit, Optional.of(classes), opening);
            notes.addAll(measured.notes());
            return new Dataset(path, training.images(), measured.images(), classes, measured.skipped(), notes);
        } catch (DataException e) {
            training.images().close();
            throw e;
        }
    }

    /** Of the validation images, which need no training images beside them. */
    @Override
    public TestSet openTest(Path path, Optional<Fingerprint> trained, Opening opening) {
        IlsvrcFiles files = IlsvrcFiles.of(path);
        Path validation = files.validation().orElseThrow(() -> new DataException(path + " has no validation images: put ILSVRC2012_img_val.tar and "
                + "ILSVRC2012_devkit_t12.tar.gz there"));
        Optional<Devkit> devkit = DevkitFiles.find(files.folder()).map(Devkit::of);
        ValidationArchive measured = ValidationArchive.open(validation, devkit, devkit.map(Devkit::classes), opening);
        return new TestSet(path, measured.images(), measured.classes(), measured.skipped(), measured.notes());
    }
}
