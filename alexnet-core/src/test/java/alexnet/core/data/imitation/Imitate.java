package alexnet.core.data.imitation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code scripts/imitate-imagenet} runs; its {@code --help} tells what the options mean. */
final class Imitate {

    /** Two gigabytes. */
    private static final int BOMB = Integer.MAX_VALUE - 100;
    private static final List<String> OPTIONS = List.of("--photographs", "--output", "--forms", "--classes", "--images", "--validation", "--odd-every",
            "--short-side", "--harm");

    /** A mistake of the caller's, told in a line. */
    static final class Mistake extends RuntimeException {
        Mistake(String message) {
            super(message);
        }
    }

    private Imitate() {
    }

    /** Arguments are {@code --option=value}. */
    public static void main(String[] arguments) {
        try {
            run(options(arguments));
        } catch (Mistake e) {
            end(2, e.getMessage());
        } catch (IOException e) {
            end(1, e.toString());
        } catch (UncheckedIOException e) {
            end(1, e.getMessage());
        }
    }

    private static void end(int code, String message) {
        System.err.println("imitate-imagenet: " + message);
        System.exit(code);
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new TreeMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || !OPTIONS.contains(parts[0])) {
                throw new Mistake("unknown option " + argument + "; see --help");
            }
            options.put(parts[0], parts[1]);
        }
        return options;
    }

    private static void run(Map<String, String> options) throws IOException {
        Path photographs = Path.of(options.get("--photographs"));
        Path output = Path.of(options.get("--output"));
        List<Form> forms = forms(options.get("--forms"));
        ImitatedSet set = new ImitatedSet(Photographs.in(photographs, number(options, "--short-side")), number(options, "--classes"),
                number(options, "--images"), number(options, "--validation"), number(options, "--odd-every"));
        Files.createDirectories(output);
        for (Form form : forms) {
            Path folder = output.resolve(form.toString());
            if (Files.exists(folder)) {
                throw new Mistake(folder + " is there already");
            }
            form.write(set, folder);
            System.out.println(form + " in " + folder);
        }
        for (Harm harm : Boolean.parseBoolean(options.get("--harm")) ? Harm.values() : new Harm[0]) {
            harm.write(set, output.resolve("harm").resolve(harm.toString()), BOMB);
            System.out.println(harm + " in " + output.resolve("harm").resolve(harm.toString()));
        }
        Path bad = output.resolve("bad.csv");
        Files.writeString(bad, "split,name,kind\n" + set.bad().map(sample -> sample.split() + "," + sample.name() + "," + sample.kind() + "\n")
                .collect(Collectors.joining()));
        System.out.println("the bad ones of " + (set.trained() + set.validated()) + " images in " + bad);
    }

    private static int number(Map<String, String> options, String name) {
        try {
            return Integer.parseUnsignedInt(options.get(name));
        } catch (NumberFormatException e) {
            throw new Mistake(name + " is '" + options.get(name) + "', takes a number");
        }
    }

    private static List<Form> forms(String names) {
        return Stream.of(names.split(",")).map(name -> Arrays.stream(Form.values()).filter(form -> form.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst().orElseThrow(() -> new Mistake("unknown form '" + name + "': known are " + Arrays.stream(Form.values()).map(Form::toString)
                        .collect(Collectors.joining(", "))))).toList();
    }
}
