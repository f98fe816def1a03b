package alexnet.runner;

import java.nio.file.Path;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.network.Architecture;
import alexnet.core.network.ArchitectureFile;
import alexnet.core.network.Architectures;
import alexnet.core.network.Layer;
import alexnet.core.run.OpenSnapshot;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which network. */
@Section("Run")
final class ArchitectureOption {

    static final String DEFAULT = "alexnet";

    private static final int COLOURS = 3;
    private static final int IMAGENET_CLASSES = 1000;
    private static final int SMALL_CLASSES = 10;
    /** Rows of a stored image below which it is of no ImageNet. */
    private static final int SMALL = 64;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-a", "--architecture"}, paramLabel = "NAME|FILE", completionCandidates = Candidates.Networks.class,
            description = "The network: one of ${COMPLETION-CANDIDATES}, or a YAML or JSON file that describes one, as in docs/architectures.md."
                    + " Default: " + DEFAULT + ".")
    private String told;

    private ArchitectureFile opened;

    /** Whether one was asked for. */
    boolean isTold() {
        return told != null;
    }

    /** What was asked for, as it is found from any folder. */
    String text() {
        return told == null ? DEFAULT : Architectures.NAMES.contains(told) ? told : Path.of(told).toAbsolutePath().normalize().toString();
    }

    /**
     * The network, of as many classes and image channels as is wanted.
     *
     * @throws picocli.CommandLine.ParameterException if there is none, or its file describes none
     */
    ArchitectureFile open() {
        if (opened == null) {
            try {
                opened = Architectures.open(told == null ? DEFAULT : told);
            } catch (IllegalArgumentException none) {
                throw Usage.mistake(spec, none.getMessage());
            }
        }
        return opened;
    }

    /** The network for so many classes and image channels. */
    Architecture of(int classes, int channels) {
        try {
            return open().of(classes, channels);
        } catch (IllegalArgumentException others) {
            throw Usage.mistake(spec, others.getMessage());
        }
    }

    /**
     * Makes sure that a run that goes on is of the network that is asked for, if any is.
     *
     * @throws CheckpointException if it is of another
     */
    void requireSame(OpenSnapshot earlier) {
        if (told == null) {
            return;
        }
        ArchitectureFile wanted = open();
        Architecture trained = earlier.content().model().architecture();
        if (!wanted.name().equals(trained.name())) {
            throw new CheckpointException(earlier.file() + " is a checkpoint of " + trained.name() + ", not of " + wanted.name());
        }
        if (!Architectures.lists(wanted) && !earlier.content().options().network().applyTo(of(trained.classes(), trained.channels())).equals(trained)) {
            throw new CheckpointException(told + " is not what it was when " + earlier.file() + " was begun: a network cannot change while it is trained");
        }
    }

    /**
     * Makes sure that no option of the command line is of a normalisation that the network has not.
     *
     * @throws picocli.CommandLine.ParameterException naming the option
     */
    void requireNormalized(Architecture network) {
        if (network.layers().stream().noneMatch(Layer.Normalization.class::isInstance)) {
            spec.commandLine().getParseResult().matchedOptions().stream().map(OptionSpec::longestName).filter(name -> name.startsWith("--lrn-")).findFirst()
                    .ifPresent(option -> {
                        throw Usage.mistake(spec, option + " is of the normalisation, which " + network.name() + " has not: leave it out");
                    });
        }
    }

    /** The network, with the classes that it is measured with. */
    Architecture measured() {
        return measured(open());
    }

    /** What {@link #text} tells, with the classes that it is measured with. */
    static Architecture measured(String text) {
        return measured(Architectures.open(text));
    }

    private static Architecture measured(ArchitectureFile network) {
        return network.orOf(network.storedSize() < SMALL ? SMALL_CLASSES : IMAGENET_CLASSES, COLOURS);
    }
}
