package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import alexnet.core.run.sink.ConfigurationFile;

/** Where the options of training come from. */
@SameOnEveryRuntime
class RecipeTest {

    @TempDir
    private Path folder;
    private Path images;

    @BeforeEach
    void images() throws IOException {
        images = folder.resolve("images");
        TrainingTest.noise(images.resolve("bright"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
    }

    private Path run(String name) {
        return folder.resolve(name);
    }

    /** Steps of two images, so that all is quick. */
    private Execution train(String output, Object... more) {
        return Execution.of(Stream.concat(Stream.of("train", "--data", images, "-a", "alexnet-small", "--output", run(output), "-b", 2, "--limit-batches", 3),
                Stream.of(more)).toArray());
    }

    private Map<String, String> options(String run) throws IOException {
        try (InputStream in = Files.newInputStream(run(run).resolve("config.yaml"))) {
            return ConfigurationFile.read(in, "config.yaml");
        }
    }

    private List<Double> rates(String run) throws IOException {
        return Files.readAllLines(run(run).resolve("metrics.csv")).stream().skip(1).map(line -> Double.valueOf(line.split(",")[2])).toList();
    }

    private Path configuration(String text) throws IOException {
        return Files.writeString(folder.resolve("c.yaml"), text);
    }

    @ParameterizedTest
    @EnumSource
    void aRecipesOptionsCount(Recipe recipe) throws IOException {
        Execution trained = Execution.of("train", "--data", images, "-a", "alexnet-small", "--output", run("a"), "--recipe", recipe, "--epochs", 1);
        assertEquals(0, trained.code(), trained.err());
        Map<String, String> options = options("a");
        recipe.options().forEach((key, value) -> {
            if (!key.equals("epochs")) {
                assertEquals(value.matches("[\\d.]+") ? Double.valueOf(value).toString() : value,
                        value.matches("[\\d.]+") ? Double.valueOf(options.get(key)).toString() : options.get(key), key);
            }
        });
        assertEquals(Map.of(Recipe.PAPER, "1.0", Recipe.CAFFE, "0.1", Recipe.AUTHORS, "1.0").get(recipe), options.get("init_bias"));
    }

    @Test
    void anOptionCountsBeforeARecipeThatBeforeAConfigurationAndThatBeforeTheDefaults() throws IOException {
        Path file = configuration("momentum: 0.5\nlr-gamma: 0.3\nseed: 7\nwd: 0.25\nlr_milestones: [2, 3]\ninit: authors\n");
        Execution trained = train("a", "--epochs", 1, "--config", file, "--recipe=caffe", "--lr-gamma", 0.7, "--lrn-alpha-over-n", "false");
        assertEquals(0, trained.code(), trained.err());
        Map<String, String> options = options("a");
        assertEquals(List.of("0.7", "0.9", "7", "5.0E-4", "false", "2,3", "caffe", "0.1", "1e"), Stream.of("lr_gamma", "momentum", "seed", "weight_decay",
                "lrn_alpha_over_n", "lr_milestones", "init", "init_bias", "validate_every").map(options::get).toList());
    }

    /** Or Caffe's weights would start with the biases of whatever run the configuration is of. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "init_bias: 1                         | --recipe=caffe                  | 0.1",
            "init_bias: 1                         | --init=caffe                    | 0.1",
            "init: kaiming, init_bias: 0          | --recipe=paper                  | 1.0",
            "init: kaiming, init_bias: 0          | --recipe=paper --init-bias=0.25 | 0.25",
            "recipe: caffe, init: paper           | --lr=0.1                        | 1.0",
            "recipe: paper, init_bias: 0.5        | --lr=0.1                        | 0.5",
            "init: caffe, init_bias: 0.5          | --lr=0.1                        | 0.5",
    })
    void aSchemeOfStartValuesBringsItsBias(String configuration, String arguments, String bias) throws IOException {
        Path file = configuration(configuration.replace(", ", "\n"));
        Execution trained = train("a", Stream.concat(Stream.of("--epochs", 0.1, "--config", file), Stream.of(arguments.split(" "))).toArray());
        assertEquals(0, trained.code(), trained.err());
        assertEquals(bias, options("a").get("init_bias"));
    }

    @Test
    void aConfigurationCountsBeforeTheRecipeThatItNames() throws IOException {
        Path file = configuration("data: " + images + "\nrecipe: caffe\nmomentum: 0.5\narchitecture: alexnet-small\nepochs: 1\nlimit_batches: 1\nbatch_size: 2\noutput: " + run("a") + "\n");
        Execution trained = Execution.of("train", "--config", file);
        assertEquals(0, trained.code(), trained.err());
        assertEquals("0.5", options("a").get("momentum"));
        assertEquals("2.0", options("a").get("bias_lr"));
    }

    @Test
    void aRunByItsConfigurationIsTheSameBitForBit() throws IOException {
        assertEquals(0, train("a", "--epochs", 2, "--recipe", "authors", "--lr-milestones", "2", "--colour-noise-until", 2, "--keep-every", 2, "--cache", "kept").code());
        assertEquals(Path.of("kept").toAbsolutePath().toString(), options("a").get("cache"), "found from anywhere");
        assertEquals("auto", options("a").get("decoder"));
        Execution again = Execution.of("train", "--config", run("a").resolve("config.yaml"), "--output", run("b"));
        assertEquals(0, again.code(), again.err());
        assertArrayEquals(Files.readAllBytes(run("a").resolve("last.safetensors")), Files.readAllBytes(run("b").resolve("last.safetensors")));
        assertEquals(Files.readString(run("a").resolve("config.yaml")), Files.readString(run("b").resolve("config.yaml")));
        assertEquals(List.of(0.01, 0.001), rates("b"));
        assertEquals(0, train("c", "--epochs", 2, "--recipe", "authors", "--lr-milestones", "2", "--keep-every", 2).code());
        assertFalse(List.of(Files.readString(run("a").resolve("losses.csv")).split(",")).equals(List.of(Files.readString(run("c").resolve("losses.csv")).split(","))),
                "colour noise went on");
    }

    @Test
    void thePapersRecipeLowersTheRateWhereTheErrorNoLongerFallsAndResumesWithinAnEpoch() throws IOException {
        Object[] options = {"--recipe", "paper", "--lr-step-size", 1, "--epochs", 6, "--checkpoint-every", 4, "--keep", 100};
        Execution trained = train("a", options);
        assertEquals(0, trained.code(), trained.err());
        assertEquals(List.of(0.01, 0.01, 1e-3, 1e-4, 1e-5, 1e-5), rates("a"));
        Execution resumed = train("b", Stream.concat(Stream.of(options), Stream.of("--resume", run("a").resolve("checkpoints/step-00000004.safetensors"))).toArray());
        assertEquals(0, resumed.code(), resumed.err());
        assertArrayEquals(Files.readAllBytes(run("a").resolve("last.safetensors")), Files.readAllBytes(run("b").resolve("last.safetensors")));
    }

    @Test
    void theCheckpointsOptionsStayWhereNoneAreTold() throws IOException {
        assertEquals(0, train("a", "--epochs", 1, "--recipe", "caffe", "--lr-gamma", 0.7).code());
        Path last = run("a").resolve("last.safetensors");
        Execution resumed = train("a", "--epochs", 2, "--resume", last);
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(List.of("0.7", "2.0", "caffe", "true"), Stream.of("lr_gamma", "bias_lr", "init", "lrn_alpha_over_n").map(key -> {
            try {
                return options("a").get(key);
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }).toList());
        TrainingTest.assertFails(ExitCode.USAGE, "--lrn-k is 2.0, but " + last + " was begun with 1.0: a network cannot change while it is trained",
                train("a", "--epochs", 3, "--resume", last, "--lrn-k", 2));
        TrainingTest.assertFails(ExitCode.USAGE, "was begun with caffe", train("a", "--epochs", 3, "--resume", last, "--recipe", "paper"));
        assertEquals(0, train("a", "--epochs", 3, "--resume", last, "--recipe", "caffe").code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "lrr: 1                      | there is no option lrr that a configuration could set",
            "config: a.yaml              | there is no option config",
            "help: true                  | there is no option help",
            "b: 8                        | there is no option b ",
            "lr: fast                    | Invalid value for option '--lr': 'fast' is not a double",
            "patience: 1.5               | '1.5' is not an int",
            "lr: -1                      | --lr is -1.0, must be at least 0",
            "lrn_n: 4                    | --lrn-n is 4, must be an odd number of maps",
            "lrn_k: 0                    | --lrn-k is 0.0, must be above 0",
            "lr_milestones: [3, 2]       | --lr-milestones is [3, 2], must be epochs, from 1, each later",
            "lr_milestones: 0            | --lr-milestones is [0], must be epochs, from 1",
            "lr_scheduler: multistep     | --lr-milestones is [], must be some epochs",
            "lr_scheduler: linear        | Invalid value for option '--lr-scheduler'",
            "validate_every: 90s         | --validate-every is 90s, must be steps or epochs",
            "keep_every: often           | 'often' is no interval",
            "recipe: vgg                 | Invalid value for option '--recipe'",
            "max_bad: many               | --max-bad is many",
            "lr: {a: 1}                  | line 1: lr is no single value",
            "lr: [1                      | line ",
    })
    void whatAConfigurationMayNotSayIsOneLineThatNamesItAndTheKey(String text, String message) throws IOException {
        Path file = configuration(text);
        Execution refused = train("a", "--config", file);
        TrainingTest.assertFails(ExitCode.USAGE, message, refused);
        assertTrue(refused.err().contains("alexnet: " + file), refused.err());
        assertFalse(Files.exists(run("a")));
    }

    @Test
    void aPreparedSetIsUsedAsItWasPreparedAndThatIsTold() throws IOException {
        Execution prepared = Execution.of("prepare", "--source", images, "--output", run("set"), "--size", 28);
        assertEquals(0, prepared.code(), prepared.err());
        Execution trained = Execution.of("train", "--data", run("set"), "-a", "alexnet-small", "-b", 2, "--limit-batches", 1, "--epochs", 1, "--recipe", "caffe",
                "--output", run("a"));
        assertEquals(0, trained.code(), trained.err());
        assertTrue(trained.err().contains(run("set") + " was prepared by --resize cover, and is used so, not by squash"), trained.err());
        assertEquals("cover", options("a").get("resize"));
        Path last = run("a").resolve("last.safetensors");
        Execution resumed = Execution.of("train", "--data", run("set"), "--epochs", 2, "--limit-batches", 1, "--recipe", "caffe", "-b", 2, "--resume", last);
        assertEquals(0, resumed.code(), resumed.err());
        assertTrue(resumed.err().contains(last + " was begun with --resize cover, and goes on so, not by squash"), resumed.err());
        assertEquals(ExitCode.DATA.code(), Execution.of("train", "--data", run("set"), "-a", "alexnet-small", "--resize", "squash", "--output", run("b")).code());
    }

    @Test
    void theDocumentedTableHasTheValuesOfTheFiles() throws IOException {
        List<String[]> rows = Files.readAllLines(Path.of("../docs/training.md")).stream().filter(line -> line.matches("\\| `--[a-z-]+` \\|([^|]*\\|){4}"))
                .map(line -> line.split("\\s*\\|\\s*", -1)).toList();
        int compared = 0;
        for (Recipe recipe : Recipe.values()) {
            for (String[] row : rows) {
                assertEquals(row[3 + recipe.ordinal()], recipe.options().getOrDefault(Settings.key(row[1].replace("`", "")), ""), recipe + " " + row[1]);
                compared++;
            }
            assertTrue(rows.stream().map(row -> Settings.key(row[1].replace("`", ""))).toList().containsAll(recipe.options().keySet()), "an option is missing");
        }
        assertEquals(3 * 23, compared);
        for (String[] row : rows) {
            assertEquals(row[2].replaceAll("`|; .*", ""), Recipe.defaults("alexnet").getOrDefault(Settings.key(row[1].replace("`", "")), ""), row[1]);
        }
    }

    @Test
    void aConfigurationThatIsNotThereIsTold() {
        TrainingTest.assertFails(ExitCode.USAGE, "there is no file " + folder.resolve("none.yaml"), train("a", "--config", folder.resolve("none.yaml")));
        TrainingTest.assertFails(ExitCode.USAGE, "cannot read " + folder, train("a", "--config", folder));
        TrainingTest.assertFails(ExitCode.USAGE, "Missing required parameter", train("a", "--config"));
        TrainingTest.assertFails(ExitCode.USAGE, "--recipe", train("a", "--recipe", "vgg"));
    }

    @Test
    void aMistakeOnTheCommandLineIsNotTheConfigurations() throws IOException {
        Execution refused = train("a", "--config", configuration("lr: 0.1"), "--lr", "fast");
        TrainingTest.assertFails(ExitCode.USAGE, "alexnet: Invalid value for option '--lr'", refused);
        TrainingTest.assertFails(ExitCode.USAGE, "alexnet: --workers is 0", train("b", "--config", configuration("workers: 2"), "-j0"));
    }
}
