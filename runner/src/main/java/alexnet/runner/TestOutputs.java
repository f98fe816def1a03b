package alexnet.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Names;
import alexnet.core.data.Skipped;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.ilsvrc.DevkitClasses;
import alexnet.core.evaluation.RealLabels;
import alexnet.core.model.Model;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a test is told by beside the terminal, and other labels that it is measured with. */
@Section("Results")
final class TestOutputs {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--predictions", paramLabel = "FILE",
            description = "Also write to this file, as CSV, of each image its name, label, class and loss, and the five likeliest classes with their"
                    + " probabilities. Images need no labels.")
    Path predictions;

    @Option(names = "--submission", paramLabel = "FILE",
            description = "Also write to this file what ILSVRC scores: a line an image, in the order of the file names, with up to five"
                    + " ILSVRC2012_IDs, the likeliest first. Images need no labels.")
    Path submission;

    @Option(names = "--devkit", paramLabel = "PLACE",
            description = "ILSVRC2012_devkit_t12.tar.gz, its folder, or its meta.mat: tells words and ILSVRC2012_IDs of the classes, where neither the"
                    + " network's file nor the data do.")
    private Path devkit;

    @Option(names = "--per-class", paramLabel = "FILE",
            description = "Also write to this file, as CSV, the accuracy of each class and what it is most often taken for.")
    Path perClass;

    @Option(names = "--real-labels", paramLabel = "FILE",
            description = "Also measure with these labels, real.json of 'Are we done with ImageNet?': for each validation image a list of"
                    + " places among the sorted WNIDs, each of which is right; images with an empty list do not count.")
    private Path realLabels;

    /**
     * Makes sure that something can be told of the images: they have labels, or what is asked for needs none.
     *
     * @throws DataException if not
     */
    void requireMeasurable(Path folder, ImageSource images) {
        boolean toldAnyway = predictions != null || submission != null || realLabels != null;
        if (!toldAnyway && IntStream.range(0, images.size()).allMatch(image -> images.label(image) < 0)) {
            throw new DataException("nobody says what the images of " + folder + " show, so that nothing can be measured: put them into folders of"
                    + " classes, or ask by --predictions or --submission what the network says of them");
        }
    }

    /**
     * Makes sure that no file is another one that is used.
     *
     * @param model the network's
     */
    void requireApart(Path model) {
        List<Path> written = Stream.of(predictions, submission, perClass).filter(Objects::nonNull).toList();
        List<Path> read = new ArrayList<>(List.of(model));
        Stream.of(realLabels, devkit).filter(Objects::nonNull).forEach(read::add);
        for (int i = 0; i < written.size(); i++) {
            Path file = written.get(i);
            Usage.require(spec, written.subList(i + 1, written.size()).stream().noneMatch(other -> same(file, other)), file + " is named for two results");
            Usage.require(spec, read.stream().noneMatch(other -> same(file, other)), file + " is read by this test: name another file for its results");
        }
    }

    private static boolean same(Path file, Path other) {
        try {
            return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize()) || Files.exists(file) && Files.exists(other) && Files.isSameFile(file, other);
        } catch (IOException failure) {
            return false;
        }
    }

    /** The network's classes with all that it, the data and the development kit say of them. */
    List<ClassName> classes(Model trained, TestSet set) {
        List<ClassName> known = ClassName.completed(trained.classNames(), set.classNames());
        return devkit == null ? known : ClassName.completed(known, DevkitClasses.of(devkit));
    }

    /** Makes sure that a submission has its line for each image and its number for each class, if one is asked for. */
    void requireSubmittable(Path model, List<ClassName> classes, List<Skipped> skipped) {
        if (submission == null) {
            return;
        }
        List<String> unnumbered = classes.stream().filter(each -> each.ilsvrcId().isEmpty()).map(ClassName::name).toList();
        if (!unnumbered.isEmpty()) {
            throw new CheckpointException("--submission needs the ILSVRC2012_ID of each class, which neither " + model + " nor the data tell of "
                    + Names.some(unnumbered) + (devkit == null ? ": give ILSVRC2012_devkit_t12.tar.gz by --devkit" : ", nor " + devkit));
        }
        if (!skipped.isEmpty()) {
            throw new DataException("--submission needs a line for each image, but " + skipped.size() + (skipped.size() == 1 ? " is" : " are")
                    + " left out: " + Names.some(skipped.stream().map(Skipped::toString).toList()));
        }
    }

    /** The other labels, if they are asked for. */
    Optional<RealLabels> realLabels(int classes) {
        return Optional.ofNullable(realLabels).map(file -> RealLabels.read(file, classes));
    }
}
