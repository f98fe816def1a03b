package alexnet.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.Dataset;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.replica.SharedFile;
import alexnet.core.run.OpenSnapshot;
import alexnet.core.run.Transfer;
import alexnet.core.run.sink.ConfigurationFile;
import alexnet.core.weights.network.ImportedNetwork;
import alexnet.core.weights.network.ImportedNetworks;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A trained network that a new run begins from. */
@Section("Run")
final class InitFromOption {

    static final String NAME = "--init-from";
    static final String KEY = Settings.key(NAME);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = NAME, paramLabel = "FILE",
            description = "Begin a new run with the layers of this trained network that fit by name and shape, and the others with start values; its"
                    + " architecture is the default. With its first layer come its mean image and its way of resizing. A model, a checkpoint, or what"
                    + " import takes.")
    private Path file;

    /**
     * The file, on whichever rank.
     *
     * @param earlier what the run goes on from, or null
     * @param auto    whether the same command starts a run and goes on with it
     * @return null where a run goes on or begins with start values alone
     */
    SharedFile share(OpenSnapshot earlier, boolean auto, Ranks ranks) {
        boolean given = spec.commandLine().getParseResult().hasMatchedOption(NAME);
        Usage.require(spec, earlier == null || auto || !given, NAME + " begins a run, --resume goes on with one: leave out one of them");
        return file == null || earlier != null ? null : ranks.share(file);
    }

    /**
     * Opens the file.
     *
     * @param file or null
     * @return null where there is none
     * @throws CheckpointException if it cannot be used
     */
    static ImportedNetwork open(SharedFile file) {
        return file == null ? null : open(file.path());
    }

    private static ImportedNetwork open(Path file) {
        ImportedNetwork network = ImportedNetworks.open(file);
        try {
            network.requireFinite();
            return network;
        } catch (RuntimeException | Error unfit) {
            network.close();
            throw unfit;
        }
    }

    /**
     * Tells what a run begins with.
     *
     * @param from      what it begins from
     * @param model     that is trained
     * @param withInput whether images are prepared as the file says
     */
    static void tell(Transfer begun, ImportedNetwork from, Model model, boolean withInput, PrintWriter news) {
        news.println(begun);
        List<String> unlike = begun.unlike(from.model().architecture(), model.architecture());
        if (!unlike.isEmpty()) {
            news.println("not as they are there, which the weights were trained with: " + String.join(", ", unlike));
        }
        news.println(withInput ? "with its first layer come its mean image" + (model.divides() ? ", the deviation " + model.deviation() : "") + " and --resize "
                + model.resize() : "its first layer is fresh: the mean image is that of the images here");
    }

    /** Where the file lies or lay: as is told now or, of a run that goes on, was told when it began in the folder. */
    static Optional<String> path(CommandSpec spec, Path folder) {
        if (spec.optionsMap().get(NAME).getValue() instanceof Path told) {
            return Optional.of(told.toAbsolutePath().normalize().toString());
        }
        Path before = folder.resolve(ConfigurationFile.NAME);
        try (InputStream in = Files.newInputStream(before)) {
            return Optional.ofNullable(ConfigurationFile.read(in, before.toString()).get(KEY));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** The architecture of a trained network for the classes of a data set, told. */
    static Architecture architecture(ImportedNetwork from, Dataset dataset, PrintWriter news) {
        Architecture theirs = from.model().architecture();
        if (theirs.channels() != dataset.channels()) {
            throw new CheckpointException(from.file().file() + " takes images of " + theirs.channels() + " channels, those of " + dataset.folder() + " have "
                    + dataset.channels() + ": --architecture trains a network that takes them, from the layers that fit");
        }
        news.println("architecture " + theirs.name() + ", as " + from.file().file() + " has it");
        Architecture ours = theirs.withClasses(dataset.classes().size());
        return Architectures.NAMES.contains(ours.name()) ? ours.startingAs(Architectures.named(ours.name(), ours.classes(), ours.channels())) : ours;
    }
}
