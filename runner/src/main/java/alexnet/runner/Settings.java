package alexnet.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import alexnet.core.run.sink.ConfigurationFile;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What options that are not given are set to by {@code --recipe} and {@code --config}, before the rest of the command line is parsed: a
 * recipe counts before a configuration, and that before the recipe that it names. Keys are the long names of options.
 */
final class Settings implements IDefaultValueProvider {

    static final String CONFIG = "--config";
    static final String RECIPE = "--recipe";
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z0-9-]*");
    private static final String INIT = "--init";
    private static final String INIT_BIAS = "--init-bias";

    private record Value(String text, String origin) {
    }

    private final Map<OptionSpec, Value> values = new HashMap<>();
    private final List<String> arguments;

    private Settings(List<String> arguments) {
        this.arguments = arguments;
    }

    /** Looks for the two among the arguments of a command. */
    static final class Preprocessor implements IParameterPreprocessor {

        @Override
        public boolean preprocess(Stack<String> reversed, CommandSpec spec, ArgSpec none, Map<String, Object> info) {
            Settings settings = new Settings(new ArrayList<>(reversed.reversed()));
            settings.argument(CONFIG).ifPresent(file -> settings.addFile(spec, file));
            settings.argument(RECIPE).ifPresent(name -> settings.addRecipe(spec, name));
            settings.dropBias(spec, settings.argument(INIT).isPresent());
            spec.commandLine().setDefaultValueProvider(settings);
            return false;
        }
    }

    /** Of training without a recipe. */
    static Settings defaults(CommandSpec spec, String architecture) {
        Settings settings = new Settings(List.of());
        settings.add(spec, Recipe.defaults(architecture), "the defaults");
        return settings;
    }

    private Optional<String> argument(String option) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith(option + "=")) {
                return Optional.of(arguments.get(i).substring(option.length() + 1));
            }
            if (arguments.get(i).equals(option) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    private void addFile(CommandSpec spec, String file) {
        Map<String, String> content;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            content = ConfigurationFile.read(in, file);
        } catch (ConfigurationFile.DamagedException damaged) {
            throw Usage.mistake(spec, damaged.getMessage());
        } catch (NoSuchFileException missing) {
            throw Usage.mistake(spec, CONFIG + ": there is no file " + file);
        } catch (IOException | RuntimeException failure) {
            throw Usage.mistake(spec, CONFIG + ": cannot read " + file + ": " + failure.getMessage());
        }
        Optional.ofNullable(content.get(key(RECIPE))).ifPresent(name -> addRecipe(spec, name));
        add(spec, content, file);
    }

    /** What is no recipe is told when its option is parsed. */
    private void addRecipe(CommandSpec spec, String name) {
        Stream.of(Recipe.values()).filter(recipe -> recipe.toString().equalsIgnoreCase(name)).findFirst()
                .ifPresent(recipe -> add(spec, recipe.options(), "recipe " + recipe));
    }

    private void add(CommandSpec spec, Map<String, String> content, String origin) {
        dropBias(spec, content.containsKey(key(INIT)));
        content.forEach((key, text) -> {
            OptionSpec option = spec.optionsMap().get("--" + key.replace('_', '-'));
            if (option == null || option.usageHelp() || option.versionHelp() || option.longestName().equals(CONFIG)) {
                throw Usage.mistake(spec, origin + ": there is no option " + key + " that a configuration could set");
            }
            values.put(option, new Value(text, origin));
        });
    }

    /** A scheme of start values has a bias of its own: one that was told with another scheme is not meant. */
    private void dropBias(CommandSpec spec, boolean otherScheme) {
        if (otherScheme) {
            values.remove(spec.optionsMap().get(INIT_BIAS));
        }
    }

    /** An option's key. */
    static String key(String option) {
        return option.replaceFirst("^--?", "").replace('-', '_');
    }

    @Override
    public String defaultValue(ArgSpec option) {
        Value value = option instanceof OptionSpec ? values.get(option) : null;
        return value == null ? null : value.text();
    }

    /** What is wrong with a command line, with the file that says so where it is not the command line itself. */
    static String message(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        if (!(command.getDefaultValueProvider() instanceof Settings settings)) {
            return mistake.getMessage();
        }
        Stream<OptionSpec> options = mistake.getArgSpec() instanceof OptionSpec option ? Stream.of(option)
                : OPTION.matcher(mistake.getMessage()).results().map(name -> command.getCommandSpec().optionsMap().get(name.group()));
        return options.filter(option -> option != null && settings.values.containsKey(option) && !settings.isGiven(option)).findFirst()
                .map(option -> settings.values.get(option).origin() + ": ").orElse("") + mistake.getMessage();
    }

    private boolean isGiven(OptionSpec option) {
        return Stream.of(option.names()).anyMatch(name -> arguments.stream().anyMatch(argument -> argument.equals(name)
                || argument.startsWith(name.startsWith("--") ? name + "=" : name)));
    }
}
