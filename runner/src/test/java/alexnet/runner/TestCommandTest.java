package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;

/** What {@code test} tells and writes, with a small network that has learnt to tell shades of grey, whose classes are called as ImageNet's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class TestCommandTest {

    private static final List<String> WNIDS = List.of("n01440764", "n01443537", "n01484850");
    private static final List<String> WORDS = List.of("tench, Tinca tinca", "goldfish, Carassius auratus", "great white shark");
    private static final List<Integer> IDS = List.of(449, 450, 442);
    /** So many validation images of each class, in turn. */
    private static final int VALIDATION = 8;

    private Path folder;
    private Path set;
    private Path model;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        set = folder.resolve("imagenet");
        for (int c = 0; c < WNIDS.size(); c++) {
            for (int i = 0; i < 12; i++) {
                grey(set.resolve("train/" + WNIDS.get(c) + "/" + WNIDS.get(c) + "_" + (17 * i + 3) + ".JPEG"), c, i);
            }
        }
        validation(set.resolve("val"), WNIDS, UnaryOperator.identity());
        Files.write(set.resolve("LOC_synset_mapping.txt"), IntStream.range(0, 3).mapToObj(c -> WNIDS.get(c) + " " + WORDS.get(c)).toList());
        Path run = folder.resolve("run");
        Execution trained = Execution.of("train", "--data", set, "--architecture", "alexnet-small", "--epochs", 5, "--batch-size", 6, "--lr", 0.001,
                "--lr-scheduler", "constant", "--output", run);
        assertEquals(0, trained.code(), trained.err());
        model = withEntries("model.safetensors", run.resolve("last.safetensors"), Map.of("ilsvrc2012_ids", IDS.toString()));
    }

    /** A noisy shade; a few of each class have the next one's, so that the network cannot be right. */
    private static void grey(Path file, int shade, int seed) throws IOException {
        Random random = new Random(31L * shade + seed);
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 32 * 32; pixel++) {
            int grey = 70 * shade + random.nextInt(96);
            image.setRGB(pixel % 32, pixel / 32, grey << 16 | grey << 8 | grey);
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    /** Every fourth image looks like the next class. */
    private static void validation(Path to, List<String> classes, UnaryOperator<String> folderOf) throws IOException {
        for (int number = 1; number <= VALIDATION * classes.size(); number++) {
            int label = number % classes.size();
            int shade = number % 4 == 0 ? (label + 1) % classes.size() : label;
            grey(to.resolve(folderOf.apply(classes.get(label))).resolve(String.format("ILSVRC2012_val_%08d.JPEG", number)), shade, 1000 + number);
        }
    }

    private Path withEntries(String name, Path from, Map<String, String> more) throws IOException {
        Path file = folder.resolve(name);
        try (SafetensorsReader reader = SafetensorsReader.open(from)) {
            SafetensorsWriter writer = SafetensorsWriter.withChecksum();
            Map<String, String> entries = new TreeMap<>(reader.metadata());
            entries.remove("checksum");
            entries.putAll(more);
            entries.forEach(writer::metadata);
            reader.tensors().values().forEach(tensor -> writer.add(tensor.name(), reader, tensor));
            writer.write(file);
        }
        return file;
    }

    private Execution test(Object... more) {
        return Execution.of(Stream.concat(Stream.of("test", "--model", model, "--batch-size", 7), Stream.of(more)).toArray());
    }

    /** What predict says of an image: classes, the likeliest first. */
    private Map<String, List<JsonNode>> predicted(Path images) throws IOException {
        Execution execution = Execution.of("predict", "--model", model, "--json", images);
        assertEquals(0, execution.code(), execution.err());
        Map<String, List<JsonNode>> byFile = new TreeMap<>();
        for (JsonNode each : new ObjectMapper().readTree(execution.out())) {
            List<JsonNode> guesses = new ArrayList<>();
            each.get("predictions").forEach(guesses::add);
            byFile.put(Path.of(each.get("file").textValue()).getFileName().toString(), guesses);
        }
        return byFile;
    }

    private static List<CSVRecord> csv(Path file) throws IOException {
        try (var parser = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(Files.newBufferedReader(file))) {
            return parser.getRecords();
        }
    }

    @Test
    void predictionsAndAccuraciesAreThoseOfPredict() throws IOException {
        Path predictions = folder.resolve("predictions.csv");
        Path perClass = folder.resolve("classes.csv");
        Execution tested = test("--data", set, "--predictions", predictions, "--per-class", perClass);
        assertEquals(0, tested.code(), tested.err());
        Map<String, List<JsonNode>> predicted = predicted(set.resolve("val"));
        List<CSVRecord> lines = csv(predictions);
        assertEquals(24, lines.size());
        assertEquals(lines.stream().map(line -> line.get("name")).sorted().toList(), lines.stream().map(line -> line.get("name")).toList(), "the set's own order");
        int right = 0;
        double loss = 0;
        int[] rightOf = new int[3];
        for (CSVRecord line : lines) {
            Path name = Path.of(line.get("name"));
            int label = WNIDS.indexOf(name.getParent().getFileName().toString());
            assertEquals(String.valueOf(label), line.get("label"));
            assertEquals(WNIDS.get(label), line.get("class"));
            List<JsonNode> guesses = predicted.get(name.getFileName().toString());
            for (int place = 0; place < 3; place++) {
                assertEquals(guesses.get(place).get("class").textValue(), line.get("class" + (place + 1)));
                assertEquals(guesses.get(place).get("probability").doubleValue(), Double.parseDouble(line.get("probability" + (place + 1))), 1e-5);
                if (guesses.get(place).get("class").textValue().equals(WNIDS.get(label))) {
                    assertEquals(-Math.log(guesses.get(place).get("probability").doubleValue()), Double.parseDouble(line.get("loss")), 1e-4);
                    loss += Double.parseDouble(line.get("loss"));
                    right += place == 0 ? 1 : 0;
                    rightOf[label] += place == 0 ? 1 : 0;
                }
            }
        }
        assertTrue(right > 12 && right < 24, right + " right proves nothing");
        assertEquals(String.format("top-1 %.2f %%, top-5 100.00 %%, loss %.4f: 24 images, centre crop", 100.0 * right / 24, loss / 24),
                tested.out().lines().findFirst().orElseThrow());
        for (int c = 0; c < 3; c++) {
            assertTrue(tested.out().contains(String.format("  %6.2f %%  %s (%s)%n", 100.0 * rightOf[c] / 8, WNIDS.get(c), WORDS.get(c))), tested.out());
            CSVRecord line = csv(perClass).get(c);
            assertEquals(List.of(WNIDS.get(c), WORDS.get(c), "8", String.valueOf(rightOf[c] / 8.0), "1.0"), line.toList().subList(0, 5));
        }
        assertTrue(tested.out().contains("most often confused:\n  "), tested.out());
        assertFalse(tested.err().contains("warning"), tested.err());
    }

    @Test
    void programsGetEveryClassAndTheirWords() throws IOException {
        JsonNode tested = new ObjectMapper().readTree(test("--data", set, "--log-json").out());
        assertEquals(3, tested.get("classes").size());
        assertEquals(WORDS.get(1), tested.get("classes").get(1).get("words").textValue());
        assertEquals(8, tested.get("classes").get(1).get("images").intValue());
        assertEquals(tested.get("top1").doubleValue(), IntStream.range(0, 3).mapToDouble(c -> tested.get("classes").get(c).get("top1").doubleValue()).sum() / 3, 1e-9);
        int wrong = (int) Math.round(24 * (1 - tested.get("top1").doubleValue()));
        int confused = 0;
        for (JsonNode pair : tested.get("confusions")) {
            assertTrue(WNIDS.contains(pair.get("taken_for").textValue()) && pair.get("images").intValue() == 8, tested.toString());
            confused += pair.get("count").intValue();
        }
        assertEquals(wrong, confused);
        assertFalse(tested.has("real_top1"));
    }

    @Test
    void predictShowsWords() {
        Execution people = Execution.of("predict", "--model", model, "--top", 1, set.resolve("train/n01443537/n01443537_3.JPEG"));
        assertTrue(people.out().lines().toList().getLast().matches(" +\\d+\\.\\d\\d %  n01443537  goldfish, Carassius auratus"), people.out() + people.err());
        Execution programs = Execution.of("predict", "--model", model, "--json", set.resolve("train/n01443537/n01443537_3.JPEG"));
        assertTrue(programs.out().contains("\"words\":\"goldfish, Carassius auratus\""), programs.out());
    }

    @Test
    void aSubmissionHasALineAnImageInTheOrderOfFileNamesWithOrWithoutLabels() throws IOException {
        Path submission = folder.resolve("submission.txt");
        assertEquals(0, test("--data", set, "--submission", submission).code());
        Map<String, List<JsonNode>> predicted = predicted(set.resolve("val"));
        List<String> expected = predicted.values().stream().map(guesses -> String.join(" ", guesses.stream()
                .map(guess -> IDS.get(WNIDS.indexOf(guess.get("class").textValue())).toString()).toList())).toList();
        assertEquals(expected, Files.readAllLines(submission));

        Path flat = folder.resolve("flat");
        validation(flat, WNIDS, _ -> "");
        Path unlabelled = folder.resolve("unlabelled.txt");
        Path predictions = folder.resolve("unlabelled.csv");
        Execution tested = test("--data", flat, "--submission", unlabelled, "--predictions", predictions);
        assertEquals(0, tested.code(), tested.err());
        assertEquals("24 images without labels, centre crop\n", tested.out());
        assertEquals(expected, Files.readAllLines(unlabelled));
        assertEquals(List.of("ILSVRC2012_val_00000001.JPEG", "", "", ""), csv(predictions).getFirst().toList().subList(0, 4));
        TrainingTest.assertFails(ExitCode.DATA, "nobody says what the images of " + flat + " show", test("--data", flat));
    }

    @Test
    void aSubmissionThatWouldNotFitItsImagesIsRefused() throws IOException {
        Path broken = folder.resolve("broken");
        validation(broken.resolve("val"), WNIDS, UnaryOperator.identity());
        Files.writeString(broken.resolve("val/n01440764/ILSVRC2012_val_00000025.JPEG"), "no image");
        Path file = folder.resolve("never.txt");
        TrainingTest.assertFails(ExitCode.DATA, "--submission needs a line for each image, but 1 is left out: val/n01440764/ILSVRC2012_val_00000025.JPEG",
                test("--data", broken, "--submission", file));
        TrainingTest.assertFails(ExitCode.USAGE, "--submission needs all images", test("--data", set, "--submission", file, "--limit-batches", 1));
        TrainingTest.assertFails(ExitCode.MODEL, "--submission needs the ILSVRC2012_ID of each class", Execution.of("test", "--model",
                folder.resolve("run/last.safetensors"), "--data", set, "--submission", file));
        assertFalse(Files.exists(file));
    }

    @Test
    void idsComeFromTheDevelopmentKitWhereTheModelHasNone() throws IOException {
        Path trained = folder.resolve("run/last.safetensors");
        Path meta = Files.write(folder.resolve("meta.mat"), Devkits.meta(WNIDS, WORDS, IDS));
        Path submission = folder.resolve("by-devkit.txt");
        Execution tested = Execution.of("test", "--model", trained, "--data", set, "--submission", submission, "--devkit", meta);
        assertEquals(0, tested.code(), tested.err());
        Path byModel = folder.resolve("by-model.txt");
        assertEquals(0, test("--data", set, "--submission", byModel).code());
        assertEquals(Files.readString(byModel), Files.readString(submission));
        TrainingTest.assertFails(ExitCode.DATA, "holds no development kit", Execution.of("test", "--model", trained, "--data", set, "--devkit", set));
        TrainingTest.assertFails(ExitCode.DATA, "cannot read", Execution.of("test", "--model", trained, "--data", set, "--devkit", folder.resolve("none.mat")));
        TrainingTest.assertFails(ExitCode.MODEL, "tell of n01484850, nor " + meta, Execution.of("test", "--model", trained, "--data", set, "--submission", submission,
                "--devkit", Files.write(meta, Devkits.meta(WNIDS.subList(0, 2), WORDS, IDS))));
    }

    @Test
    void otherLabelsAreCountedByTheNumbersOfTheImages() throws IOException {
        Map<String, List<JsonNode>> predicted = predicted(set.resolve("val"));
        List<List<Integer>> lists = new ArrayList<>();
        int right = 0;
        int counted = 0;
        for (List<JsonNode> guesses : predicted.values()) {
            int first = WNIDS.indexOf(guesses.getFirst().get("class").textValue());
            List<Integer> list = switch (lists.size() % 3) {
                case 0 -> List.of();
                case 1 -> List.of((first + 1) % 3, first);
                default -> List.of((first + 1) % 3);
            };
            right += list.contains(first) ? 1 : 0;
            counted += list.isEmpty() ? 0 : 1;
            lists.add(list);
        }
        Path real = Files.writeString(folder.resolve("real.json"), lists.toString());
        Execution tested = test("--data", set, "--real-labels", real);
        assertEquals(String.format("by --real-labels: top-1 %.2f %%, top-5 100.00 %%: %d images", 100.0 * right / counted, counted),
                tested.out().lines().toList().get(1), tested.err());
        assertEquals(16, counted);
        JsonNode json = new ObjectMapper().readTree(test("--data", set, "--real-labels", real, "--log-json").out());
        assertEquals(0.5, json.get("real_top1").doubleValue());
        assertEquals(16, json.get("real_images").intValue());
        TrainingTest.assertFails(ExitCode.DATA, "has labels of 1 images, but there are 24", test("--data", set, "--real-labels",
                Files.writeString(folder.resolve("short.json"), "[[1]]")));
        TrainingTest.assertFails(ExitCode.DATA, "its list 0 has the label 3", test("--data", set, "--real-labels", Files.writeString(folder.resolve("wide.json"), "[[3]]")));
        TrainingTest.assertFails(ExitCode.DATA, "none.json: no such file", test("--data", set, "--real-labels", folder.resolve("none.json")));
    }

    /** By ILSVRC2012_ID, by other WNIDs, and by WNIDs whose meaning has changed places. */
    @Test
    void aPermutedSetIsCaught() throws IOException {
        Path byId = folder.resolve("by-id");
        validation(byId.resolve("val"), WNIDS, wnid -> IDS.get(WNIDS.indexOf(wnid)).toString());
        TrainingTest.assertFails(ExitCode.MODEL, "numbers may be ILSVRC2012_IDs, which do not follow the order of the WNIDs", test("--data", byId));

        Path renamed = folder.resolve("renamed");
        validation(renamed.resolve("val"), WNIDS, wnid -> WNIDS.get((WNIDS.indexOf(wnid) + 1) % 3));
        Execution permuted = test("--data", renamed);
        assertEquals(0, permuted.code(), permuted.err());
        assertTrue(permuted.err().contains("warning: the images of 3 of 3 classes are each taken for one and the same other class"), permuted.out() + permuted.err());

        Path contradicting = folder.resolve("contradicting");
        for (int c = 0; c < 3; c++) {
            for (int i = 0; i < 4; i++) {
                grey(contradicting.resolve("val/" + WNIDS.get((c + 1) % 3) + "/" + WNIDS.get(c) + "_" + i + ".JPEG"), c, i);
            }
        }
        TrainingTest.assertFails(ExitCode.DATA, "its labels are not its classes: val/n01440764/n01484850_0.JPEG has the label of n01440764",
                test("--data", contradicting));
    }

    @Test
    void thatNumbersAreNoNamesIsSaid() throws IOException {
        Path numbers = withEntries("numbers.safetensors", model, Map.of("classes", "[\"449\", \"450\", \"442\"]"));
        Path byId = folder.resolve("numbered");
        validation(byId.resolve("val"), WNIDS, wnid -> IDS.get(WNIDS.indexOf(wnid)).toString());
        Execution tested = Execution.of("test", "--model", numbers, "--data", byId);
        assertEquals(0, tested.code(), tested.err());
        assertTrue(tested.err().contains("the classes are called by numbers alone"), tested.err());
        TrainingTest.assertFails(ExitCode.MODEL, "it knows its classes by number alone", Execution.of("test", "--model", numbers, "--data", set));
    }

    @Test
    void filesOfResultsAreReplacedWholeAndNoneThatIsRead() throws IOException {
        Path predictions = Files.writeString(folder.resolve("old.csv"), "old");
        TrainingTest.assertFails(ExitCode.USAGE, "is read by this test", test("--data", set, "--predictions", model));
        TrainingTest.assertFails(ExitCode.USAGE, "is named for two results", test("--data", set, "--predictions", predictions, "--submission", predictions));
        TrainingTest.assertFails(ExitCode.OUTPUT, "cannot write to " + folder + ": it is a folder", test("--data", set, "--predictions", folder));
        TrainingTest.assertFails(ExitCode.OUTPUT, "cannot be made", test("--data", set, "--predictions", folder.resolve("no/where.csv")));
        TrainingTest.assertFails(ExitCode.DATA, "no such folder", test("--data", folder.resolve("nowhere"), "--predictions", predictions));
        assertEquals("old", Files.readString(predictions));
        assertEquals(0, test("--data", set, "--predictions", predictions, "--limit-batches", 2).code());
        assertEquals(14, csv(predictions).size());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".tmp")).sorted(Comparator.naturalOrder()).toList());
        }
    }
}
