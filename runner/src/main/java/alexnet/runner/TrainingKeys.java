package alexnet.runner;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import alexnet.core.model.Entries;
import alexnet.core.network.Architecture;
import alexnet.core.network.ArchitectureFile;
import alexnet.core.network.Architectures;
import alexnet.core.network.Layer;
import alexnet.core.run.OpenSnapshot;
import alexnet.core.training.TrainingOptions;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Which options are of training, and what they count as, by their keys in a configuration. */
final class TrainingKeys {

    private static final Set<Class<?>> FLAGS = Set.of(TrainingFlags.class, NetworkFlags.class);

    /** The recipe of an architecture that is not listed. */
    private static final String FILE = "file";

    private TrainingKeys() {
    }

    /** The options of an architecture without a recipe: each trains well with its own, and one of a file has those that it describes. */
    static TrainingOptions defaults(ArchitectureFile architecture) {
        return Architectures.lists(architecture) ? defaults(architecture.name(), Optional.empty()) : defaults(FILE, architecture.firstNormalization());
    }

    /** Those of an architecture that a network was trained with, whose weights presuppose its normalisation. */
    static TrainingOptions defaults(Architecture trained) {
        return defaults(Architectures.NAMES.contains(trained.name()) ? trained.name() : FILE, trained.firstNormalization());
    }

    private static TrainingOptions defaults(String recipe, Optional<Layer.Normalization> own) {
        TrainingFlags flags = new TrainingFlags();
        CommandLine command = new CommandLine(flags).setCaseInsensitiveEnumValuesAllowed(true);
        command.setDefaultValueProvider(Settings.defaults(command.getCommandSpec(), recipe)).parseArgs();
        ObjectNode options = Entries.tree(flags.over(Entries.constant("{\"lr_milestones\": [], \"freeze\": [], \"lr_layer\": [], \"convolution\": \"auto\"}")));
        own.ifPresent(first -> options.put("lrn_n", first.size()).put("lrn_alpha", decimal(first.alpha()))
                .put("lrn_alpha_over_n", false).put("lrn_beta", decimal(first.beta())).put("lrn_k", decimal(first.k())));
        return Entries.record(options, TrainingOptions.class);
    }

    /** The number that was written, not the one next to it in single precision. */
    private static double decimal(float number) {
        return Double.parseDouble(Float.toString(number));
    }

    /** The default of an option of training, and where an architecture has another. */
    static Optional<String> defaultOf(OptionSpec option) {
        if (!isOf(option, FLAGS)) {
            return Optional.empty();
        }
        List<String> values = Architectures.NAMES.stream().map(name -> Recipe.defaults(name).get(Settings.key(option.longestName()))).toList();
        return Optional.ofNullable(values.getFirst()).map(first -> IntStream.range(1, values.size()).filter(i -> !values.get(i).equals(first))
                .mapToObj(i -> "; " + Architectures.NAMES.get(i) + ": " + values.get(i)).collect(Collectors.joining("", first, "")));
    }

    /** What options count as. */
    static Map<String, Object> values(CommandSpec spec, TrainingOptions options) {
        ObjectNode tree = Entries.tree(options);
        Map<String, Object> values = new HashMap<>();
        of(spec, FLAGS).forEach(option -> values.put(Settings.key(option.longestName()),
                Entries.plain(tree.get(SnakeCaseStrategy.INSTANCE.translate(((Field) option.userObject()).getName())))));
        return values;
    }

    /**
     * Makes sure that what is told of the network is what it was begun with.
     *
     * @throws CommandLine.ParameterException naming the option that is not
     */
    static void requireSameNetwork(CommandSpec spec, OpenSnapshot earlier, TrainingOptions options) {
        Map<String, Object> before = values(spec, earlier.content().options());
        Map<String, Object> now = values(spec, options);
        of(spec, Set.of(NetworkFlags.class)).forEach(option -> {
            String key = Settings.key(option.longestName());
            Usage.require(spec, now.get(key).equals(before.get(key)), option.longestName() + " is " + now.get(key) + ", but " + earlier.file()
                    + " was begun with " + before.get(key) + ": a network cannot change while it is trained");
        });
    }

    private static Stream<OptionSpec> of(CommandSpec spec, Set<Class<?>> flags) {
        return spec.options().stream().filter(option -> isOf(option, flags));
    }

    private static boolean isOf(OptionSpec option, Set<Class<?>> flags) {
        return option.userObject() instanceof Field field && flags.contains(field.getDeclaringClass());
    }
}
