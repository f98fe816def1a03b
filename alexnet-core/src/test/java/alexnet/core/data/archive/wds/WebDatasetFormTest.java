package alexnet.core.data.archive.wds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Opening;
import alexnet.core.data.SampleName;
import alexnet.core.data.TestImages;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.tar.TestTar;
import alexnet.core.data.folder.ImageFolder;

class WebDatasetFormTest {

    private final List<String> log = new ArrayList<>();

    @TempDir
    Path folder;

    @TempDir
    Path cache;

    private static byte[] png(long seed) throws IOException {
        return TestImages.encode(TestImages.noise(9, 8, seed), "png");
    }

    private Dataset open() {
        WebDatasetForm form = new WebDatasetForm();
        assertTrue(form.recognises(folder));
        return form.open(folder, new Opening(log::add, cache));
    }

    private String refusal() {
        String message = assertThrows(DataException.class, () -> open().close()).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    private static List<String> described(Dataset set, ImageSource source) {
        return IntStream.range(0, source.size()).mapToObj(i -> source.name(i) + " " + source.sampleName(i) + " " + set.classes().get(source.label(i))).toList();
    }

    @Test
    void ilsvrcsNamesTellTheClassesOfNumbers() throws IOException {
        new TestTar().add("n01484850_3.cls", "0").add("n01484850_3.jpg", png(1)).add("n01484850_3.json", "{\"label\": 0}")
                .add("n01440764_7.cls", "1\n").add("n01440764_7.jpg", png(2)).write(folder.resolve("imagenet1k-train-0000.tar"));
        new TestTar().add("n01440764_9.jpg", png(3)).add("n01440764_9.json", "{\"label\": 1, \"width\": 9}").write(folder.resolve("imagenet1k-train-0001.tar"));
        new TestTar().add("ILSVRC2012_val_00000001.cls", "1").add("ILSVRC2012_val_00000001.jpg", png(4)).write(folder.resolve("imagenet1k-validation-00.tar"));
        try (Dataset set = open()) {
            assertEquals(List.of("n01440764", "n01484850"), set.classes());
            assertEquals(List.of("imagenet1k-train-0000.tar/n01484850_3.jpg n01484850_3 n01484850", "imagenet1k-train-0000.tar/n01440764_7.jpg n01440764_7 n01440764",
                    "imagenet1k-train-0001.tar/n01440764_9.jpg n01440764_9 n01440764"), described(set, set.training()));
            assertEquals(List.of("imagenet1k-validation-00.tar/ILSVRC2012_val_00000001.jpg ILSVRC2012_val_00000001 n01440764"), described(set, set.validation()));
            assertEquals(List.of("classes are numbered by their sorted names, from 0 on: otherwise than in the set"), set.notes());
        }
        assertEquals(2, log.size());
        open().close();
        assertEquals(2, log.size());
        // Which has to ask the training images' names, too.
        try (TestSet set = new WebDatasetForm().openTest(folder, Optional.empty(), new Opening(log::add, cache))) {
            assertEquals(List.of("n01440764", "n01484850"), set.classes());
            assertEquals(List.of(1, 0), List.of(set.images().size(), set.images().label(0)));
        }
    }

    @Test
    void classesAreNamedByWhatLiesBeside() throws IOException {
        twoSamples();
        Files.writeString(folder.resolve("classes.json"), "[{\"name\": \"zebra\", \"words\": \"striped\", \"ilsvrc_id\": 7}, {\"name\": \"ape\"}]");
        try (Dataset set = open()) {
            assertEquals(List.of(ClassName.of("ape"), new ClassName("zebra", Optional.of("striped"), OptionalInt.of(7))), set.classNames());
            assertEquals(List.of("00.tar/a.png a zebra", "00.tar/b.png b ape"), described(set, set.training()));
        }
        Files.delete(folder.resolve("classes.json"));
        Files.writeString(folder.resolve("classnames.txt"), "cat\ndog\n");
        try (Dataset set = open()) {
            assertEquals(List.of("cat", "dog"), set.classes());
        }
        Files.delete(folder.resolve("classnames.txt"));
        try (Dataset set = open()) {
            assertEquals(List.of("0", "1"), set.classes());
        }
    }

    private void twoSamples() throws IOException {
        new TestTar().add("./a.png", png(1)).add("./a.cls", "0").add("b.cls", "1").add("b.png", png(2)).write(folder.resolve("train/00.tar"));
        new TestTar().add("c.webp", png(3)).add("c.cls", "1").write(folder.resolve("val/00.tar"));
    }

    @Test
    void labelsMayBeNamesOfClasses() throws IOException {
        new TestTar().add("a.jpeg", png(1)).add("a.cls", "dog").add("b.JPG", png(2)).add("b.json", "{\"cls\": \"cat\", \"x\": [1]}").add("c.jpg", png(4)).add("c.txt", "7")
                .add("d.json", "{}").add("e.jpg", png(5)).add("e.json", "not json").write(folder.resolve("train-0.tar"));
        new TestTar().add("f.jpg", png(3)).add("f.cls", "cat").write(folder.resolve("test-0.tar"));
        try (Dataset set = open()) {
            assertEquals(List.of("cat", "dog"), set.classes());
            assertEquals(List.of("train-0.tar/a.jpeg a dog", "train-0.tar/b.JPG b cat"), described(set, set.training()));
            assertEquals(List.of("train-0.tar/c.jpg: has no label", "train-0.tar/e.jpg: has no label"), set.skipped().stream().map(Object::toString).toList());
            assertEquals(List.of("1 samples without an image passed over", "validation images are those for test"), set.notes());
        }
    }

    @Test
    void aHugeLabelIsNone() throws IOException {
        new TestTar().add("a.jpg", png(1)).add("a.cls", "1".repeat(5000)).add("b.jpg", png(2)).add("b.json", "[".repeat(100_000)).add("c.jpg", png(2)).add("c.cls", "1")
                .add("d.jpg", png(2)).add("d.cls", "0").write(folder.resolve("train-0.tar"));
        new TestTar().add("f.jpg", png(3)).add("f.cls", "0").write(folder.resolve("val-0.tar"));
        try (Dataset set = open()) {
            assertEquals(2, set.training().size());
            assertEquals(2, set.skipped().size());
        }
    }

    @Test
    void hostileEntriesAreTextOrPassedOver() throws IOException {
        new TestTar().add("../../a.jpg", png(1)).add("../../a.cls", "0").add("/etc/b.cls", "1").add("/etc/b.jpg", png(2)).add("c.jpg", TarConstants.LF_SYMLINK, "/etc/passwd")
                .add("c.cls", "1").write(folder.resolve("train-0.tar"));
        new TestTar().add("f.jpg", png(3)).add("f.cls", "0").write(folder.resolve("val-0.tar"));
        try (Dataset set = open()) {
            assertEquals(List.of("train-0.tar/../../a.jpg __/__/a 0", "train-0.tar//etc/b.jpg etc/b 1"), described(set, set.training()));
            assertEquals(2, set.notes().size(), set.notes().toString());
        }
    }

    @Test
    void missingTarsAreToldByTheInfo() throws IOException {
        new TestTar().add("a.jpg", png(1)).add("a.cls", "0").add("b.jpg", png(2)).add("b.cls", "1").write(folder.resolve("x-0.tar"));
        new TestTar().add("f.jpg", png(3)).add("f.cls", "0").write(folder.resolve("y-0.tar"));
        Files.writeString(folder.resolve("_info.json"), "{\"splits\": {\"train\": {\"filenames\": [\"x-0.tar\"], \"shard_lengths\": [3]},"
                + " \"validation\": {\"filenames\": [\"y-0.tar\"], \"shard_lengths\": [1]}}}");
        try (Dataset set = open()) {
            assertEquals(2, set.training().size());
            assertEquals(List.of("x-0.tar has 2 samples, _info.json says 3"), set.notes());
        }
        Files.delete(folder.resolve("y-0.tar"));
        assertEquals(folder + ": 1 of the 2 files of _info.json are not there (y-0.tar): get them too", refusal());
    }

    @Test
    void numbersThatAreNoClassesAreRefusedOrNoLabels() throws IOException {
        new TestTar().add("a.jpg", png(1)).add("a.cls", "0").add("b.jpg", png(2)).add("b.cls", "1").add("c.jpg", png(3)).add("c.cls", "-1").write(folder.resolve("train-0.tar"));
        new TestTar().add("f.jpg", png(3)).add("f.cls", "0").write(folder.resolve("val-0.tar"));
        try (Dataset set = open()) {
            assertEquals(List.of("0", "1"), set.classes());
            assertEquals("train-0.tar/c.jpg: has no label", set.skipped().getFirst().toString());
        }
        for (String huge : List.of("2147483647", "99999999999999999999")) {
            new TestTar().add("f.jpg", png(3)).add("f.cls", huge).write(folder.resolve("val-0.tar"));
            assertTrue(refusal().contains("has the label 2147483647 of f.jpg"), refusal());
        }
    }

    @Test
    void whereEachTarCountsAnewItsNameTellsSamplesApart() throws IOException {
        for (String tar : List.of("train-0", "train-1")) {
            new TestTar().add("0000.jpg", png(1)).add("0000.cls", "0").add("0001.jpg", png(2)).add("0001.cls", "1").write(folder.resolve(tar + ".tar"));
        }
        new TestTar().add("0000.jpg", png(3)).add("0000.cls", "0").write(folder.resolve("val-0.tar"));
        for (int i = 0; i < 2; i++) {
            try (Dataset set = open()) {
                assertEquals(List.of("train-0/0000", "train-0/0001", "train-1/0000", "train-1/0001"),
                        IntStream.range(0, 4).mapToObj(set.training()::sampleName).toList());
                assertEquals(SampleName.key("train-1/0001"), set.training().key(3));
                assertEquals("0000", set.validation().sampleName(0));
            }
        }
    }

    @Test
    void labelsThatContradictTheNamesAreRefused() throws IOException {
        new TestTar().add("n01440764_1.jpg", png(1)).add("n01440764_1.cls", "0").add("n01484850_1.jpg", png(2)).add("n01484850_1.cls", "0").write(folder.resolve("train-0.tar"));
        new TestTar().add("f.jpg", png(3)).add("f.cls", "0").write(folder.resolve("val-0.tar"));
        assertTrue(refusal().contains("the label 0 is given to images of n01440764 and of n01484850"), refusal());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whereNothingCanBeWrittenTheCacheKeepsWhatIsFound() throws IOException {
        twoSamples();
        Files.createDirectories(folder.resolve(".alexnet-wds-train.index/in-the-way"));
        Files.createDirectories(folder.resolve(".alexnet-wds-val.index/in-the-way"));
        open().close();
        open().close();
        assertEquals(2, log.size());
        try (var kept = Files.list(cache)) {
            assertEquals(2, kept.count());
        }
    }

    @Test
    void withoutAValidationHalfTheSameImagesAreHeldOutAsOfFolders(@TempDir Path folders) throws IOException {
        TestTar tar = new TestTar();
        for (String name : List.of("cats", "dogs")) {
            for (int i = 0; i < 10; i++) {
                byte[] image = i == 9 ? TestImages.truncated(name.hashCode() + i) : png(name.hashCode() + Math.min(i, 7));
                TestImages.write(folders.resolve(name + "/" + i + ".png"), image);
                tar.add(name + "/" + i + ".cls", name).add(name + "/" + i + ".png", image);
            }
        }
        tar.write(folder.resolve("00000.tar"));
        Dataset expected = ImageFolder.open(folders, ImageFolder.HELD_OUT_SHARE);
        try (Dataset set = open()) {
            assertEquals(names(expected.training()), names(set.training()));
            assertEquals(names(expected.validation()), names(set.validation()));
            assertEquals(expected.skipped().size(), set.skipped().size());
            assertEquals(expected.notes().getLast(), set.notes().getLast());
            assertTrue(set.notes().toString().contains("2 files left out whose content another file has too"), set.notes().toString());
        }
    }

    private static Set<String> names(ImageSource source) {
        return IntStream.range(0, source.size()).mapToObj(source::sampleName).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aFolderOfOtherTarsIsNotTaken() throws IOException {
        new TestTar().add("n01440764_1.JPEG", png(1)).write(folder.resolve("n01440764.tar"));
        assertFalse(new WebDatasetForm().recognises(folder));
    }
}
