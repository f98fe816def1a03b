package alexnet.core.data.folder;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Progress;
import alexnet.core.data.Skipped;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;
import alexnet.core.data.TestSet;
import alexnet.core.data.feed.Decoding;
import alexnet.core.data.feed.TrainingData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ImageFolderTest {

    @TempDir
    Path folder;

    private Dataset open() {
        return ImageFolder.open(folder, ImageFolder.HELD_OUT_SHARE);
    }

    private String refusal() {
        return assertThrows(DataException.class, this::open).getMessage();
    }

    @Test
    void classesAreNumberedByNameAndSplitsKeptAsTheyAre() throws IOException {
        TestImages.writeClass(folder.resolve("train/zebra"), 2, 1);
        TestImages.writeClass(folder.resolve("train/ant"), 3, 2);
        TestImages.writeClass(folder.resolve("val/zebra"), 1, 3);

        Dataset dataset = open();

        assertEquals(List.of("ant", "zebra"), dataset.classes());
        assertEquals(5, dataset.training().size());
        assertEquals("train/ant/0.png", dataset.training().name(0));
        assertEquals(0, dataset.training().label(0));
        assertEquals(1, dataset.training().label(4));
        assertEquals(1, dataset.validation().size());
        assertEquals(1, dataset.validation().label(0));
        assertEquals(3, dataset.channels());
    }

    @Test
    void classesThatAreNotMeasuredAndNamesThatDifferInCapitalsAreTold() throws IOException {
        for (String name : List.of("train/ant", "train/Ant", "train/bee", "val/ant")) {
            TestImages.writeClass(folder.resolve(name), 2, name.hashCode());
        }

        List<String> notes = open().notes();

        assertTrue(notes.contains("no validation images of Ant, bee"), notes.toString());
        assertTrue(notes.contains("Ant and ant are different classes: put their images into one folder if they are not"), notes.toString());
    }

    @Test
    void imagesOutsideOfClassFoldersAreNotCalledMissing() throws IOException {
        TestImages.writeClass(folder, 3, 1);

        assertTrue(refusal().startsWith("the images of " + folder + " lie in no class folders: expected <class>/<image>"), refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"validation", "valid", "test"})
    void otherNamesStandForVal(String name) throws IOException {
        TestImages.writeClass(folder.resolve("training/a"), 1, 1);
        TestImages.writeClass(folder.resolve("training/b"), 1, 2);
        TestImages.writeClass(folder.resolve(name + "/b"), 1, 3);

        assertEquals(Set.of(name + "/b/0.png"), TestImages.names(open().validation()));
    }

    @Test
    void valGoesBeforeTest() throws IOException {
        TestImages.writeClass(folder.resolve("train/a"), 1, 1);
        TestImages.writeClass(folder.resolve("train/b"), 1, 2);
        TestImages.writeClass(folder.resolve("test/b"), 1, 3);
        TestImages.writeClass(folder.resolve("val/a"), 1, 3);

        assertEquals(Set.of("val/a/0.png"), TestImages.names(open().validation()));
    }

    @Test
    void aFolderOfClassesIsSplit() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 10, 1);
        TestImages.writeClass(folder.resolve("b"), 5, 2);

        Dataset dataset = open();

        assertEquals(12, dataset.training().size());
        assertEquals(3, dataset.validation().size());
        assertEquals(List.of("3 of 15 images held out for validation, 20 % of each class"), dataset.notes());
    }

    @Test
    void trainAloneIsSplit() throws IOException {
        TestImages.writeClass(folder.resolve("train/a"), 5, 1);
        TestImages.writeClass(folder.resolve("train/b"), 5, 2);

        assertEquals(List.of("a", "b"), open().classes());
        assertEquals(2, open().validation().size());
    }

    @Test
    void aClassMayBeCalledTrain() throws IOException {
        TestImages.writeClass(folder.resolve("train"), 5, 1);
        TestImages.writeClass(folder.resolve("plane"), 5, 2);

        assertEquals(List.of("plane", "train"), open().classes());
    }

    @Test
    void classFoldersAreSearchedInDepthAndHiddenThingsPassedOver() throws IOException {
        byte[] png = TestImages.encode(TestImages.noise(3, 3, 99), "png");
        TestImages.writeClass(folder.resolve("a/deep/deeper"), 2, 1);
        TestImages.writeClass(folder.resolve("b"), 2, 2);
        TestImages.write(folder.resolve("b/.DS_Store"), png);
        TestImages.write(folder.resolve("b/Thumbs.db"), png);
        TestImages.write(folder.resolve("b/.cache/x.png"), png);
        TestImages.write(folder.resolve(".git/x.png"), png);
        TestImages.write(folder.resolve("__MACOSX/x.png"), png);
        TestImages.write(folder.resolve("readme.txt"), png);

        Dataset dataset = open();

        assertEquals(List.of("a", "b"), dataset.classes());
        assertEquals(4, dataset.training().size() + dataset.validation().size());
    }

    @Test
    void linksAreFollowed(@TempDir Path elsewhere) throws IOException {
        TestImages.writeClass(elsewhere.resolve("pictures"), 5, 1);
        TestImages.writeClass(folder.resolve("b"), 5, 2);
        Files.createSymbolicLink(folder.resolve("a"), elsewhere.resolve("pictures"));

        assertEquals(List.of("a", "b"), open().classes());
    }

    @Test
    void anEmptyClassFolderIsLeftOutAndSaidSo() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 5, 1);
        TestImages.writeClass(folder.resolve("b"), 5, 2);
        Files.createDirectories(folder.resolve("nothing"));

        assertEquals(List.of("a", "b"), open().classes());
        assertEquals("folders without images left out: nothing", open().notes().getFirst());
    }

    @Test
    void whatIsNoFolderOfImagesIsRefusedByName() throws IOException {
        assertTrue(refusal().startsWith("no images in " + folder + ": expected <class>/<image>"));

        TestImages.writeClass(folder.resolve("cats"), 3, 1);
        assertEquals(folder + " has only one class (cats): give it a folder of images for each of two or more classes", refusal());

        folder = folder.resolve("cats").resolve("0.png");
        assertEquals(folder + " is a file: give the folder that the images are in", refusal());

        folder = folder.resolveSibling("none");
        assertEquals("no such folder: " + folder, refusal());
    }

    @Test
    void valWithoutTrainIsRefused() throws IOException {
        TestImages.writeClass(folder.resolve("val/a"), 3, 1);

        assertTrue(refusal().startsWith(folder + " has val but no train folder"));
    }

    @Test
    void aValidationClassThatIsNotTrainedIsRefused() throws IOException {
        TestImages.writeClass(folder.resolve("train/a"), 1, 1);
        TestImages.writeClass(folder.resolve("train/b"), 1, 2);
        TestImages.writeClass(folder.resolve("val/c"), 1, 3);

        assertTrue(refusal().contains("has the class c, which"));
        Files.move(folder.resolve("val/c"), folder.resolve("val/B"));
        assertTrue(refusal().contains("has no images of (but of b): name it as there"), refusal());
    }

    private void writeHalves(String training, String validation) throws IOException {
        TestImages.writeClass(folder.resolve(training).resolve("a"), 3, 1);
        TestImages.writeClass(folder.resolve(training).resolve("b"), 3, 2);
        TestImages.writeClass(folder.resolve(validation).resolve("b"), 1, 3);
    }

    @ParameterizedTest
    @CsvSource({"Training, Testing", "seg_train/seg_train, seg_test/seg_test", "TRAIN, VAL", "train_images, val_images", "training_set, test_set",
            "TrainSet, TestSet", "Training Data, Validation Data", "ILSVRC2012_img_train, ILSVRC2012_img_val", "cifar10-train, cifar10-test",
            "archive/images/train, archive/images/valid", "asl_train/asl_train, asl_test/asl_test"})
    void halvesAreKnownByTheNamesOfCommonSets(String training, String validation) throws IOException {
        writeHalves(training, validation);

        assertEquals(List.of("a", "b"), open().classes());
        assertEquals(Set.of(validation + "/b/0.png"), TestImages.names(open().validation()));
    }

    @Test
    void whatIsNoHalfDoesNotDisturb() throws IOException {
        writeHalves("seg_train", "seg_test");
        TestImages.writeClass(folder.resolve("seg_pred"), 3, 9);

        assertEquals(List.of("a", "b"), open().classes());
        assertTrue(open().notes().contains("passed over beside seg_train: seg_pred"), open().notes().toString());
    }

    @Test
    void unlabelledTestImagesAreNoHalf() throws IOException {
        TestImages.writeClass(folder.resolve("train/a"), 5, 1);
        TestImages.writeClass(folder.resolve("train/b"), 5, 2);
        TestImages.writeClass(folder.resolve("test"), 5, 3);

        assertEquals(2, open().validation().size());
        assertTrue(TestImages.names(open().validation()).stream().allMatch(name -> name.startsWith("train/")));
        assertTrue(open().notes().contains("passed over beside train: test"), open().notes().toString());
    }

    @Test
    void whatMayBeHalvesOrClassesIsRefused() throws IOException {
        writeHalves("Lernen", "Probe");
        TestImages.writeClass(folder.resolve("Probe/a"), 1, 4);
        assertTrue(refusal().startsWith(folder + ": Lernen, Probe hold the same folders (a, b): if those are the classes, call the folders train and val"),
                refusal());

        folder = folder.resolve("two");
        writeHalves("train", "val");
        writeHalves("Training", "val");
        assertTrue(refusal().contains("has more than one folder of training images: Training, train"), refusal());

        folder = folder.resolve("flat");
        TestImages.writeClass(folder.resolve("train"), 5, 1);
        TestImages.writeClass(folder.resolve("test"), 5, 2);
        assertTrue(refusal().contains("test and train hold images, but no folders of classes") || refusal().contains("train and test hold images"), refusal());

        folder = folder.resolve("half");
        TestImages.writeClass(folder.resolve("train/day"), 5, 1);
        TestImages.writeClass(folder.resolve("train/night"), 5, 2);
        TestImages.writeClass(folder.resolve("plane"), 5, 3);
        assertTrue(refusal().contains("looks like the training half of a data set, but beside it are plane and no val folder"), refusal());
    }

    @Test
    void whatLiesBesideImagesIsNoneAndWhatIsCalledLikeOneCounts() throws IOException {
        for (int i = 0; i < 5; i++) {
            for (String name : List.of("a", "b")) {
                TestImages.write(folder.resolve(name + "/" + i), TestImages.encode(TestImages.noise(3, 3, i + 10 * name.charAt(0)), "bmp"));
                Files.writeString(folder.resolve(name + "/" + i + ".txt"), "BM is what this text starts with " + name + i);
                Files.writeString(folder.resolve(name + "/" + i + ".json"), "{\"n\": \"" + name + i + "\"}");
                Files.writeString(folder.resolve(name + "/" + i + ".xml"), "P1 " + name + i);
            }
        }
        Dataset dataset = open();
        assertEquals(2, dataset.validation().size());
        assertEquals(8, dataset.training().size());
        assertEquals("30 files that are no images passed over: a/0.json, a/0.txt, a/0.xml and 27 more", dataset.notes().getFirst());

        Files.writeString(folder.resolve("a/download.JPG"), "<html>not found</html>");
        assertEquals(11, open().training().size() + open().validation().size() + open().skipped().size());
    }

    @Test
    void aClassOfOneGoodAndOneBrokenFileIsTrained() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 5, 1);
        for (int i = 0; i < 20; i++) {
            TestImages.writeClass(folder.resolve("b" + i), 1, 100 + i);
            TestImages.write(folder.resolve("b" + i + "/bad.png"), TestImages.truncated(i));
        }
        Dataset dataset = open();
        assertEquals(21, dataset.classes().size());
        Set<String> training = TestImages.names(dataset.training());
        for (int i = 0; i < 20; i++) {
            assertTrue(training.contains("b" + i + "/0.png"));
        }
        assertEquals(1, dataset.validation().size());
    }

    @Test
    void namesThatUnicodeSpellsInTwoWaysAreOneClass() throws IOException {
        String composed = "caf\u00E9";
        String decomposed = "cafe\u0301";
        TestImages.writeClass(folder.resolve("train").resolve(composed), 2, 1);
        TestImages.writeClass(folder.resolve("train/tea"), 2, 2);
        TestImages.writeClass(folder.resolve("val").resolve(decomposed), 2, 3);
        Dataset dataset = open();
        assertEquals(List.of(composed, "tea"), dataset.classes());
        assertEquals(0, dataset.validation().label(0));
        assertTrue(dataset.notes().getFirst().startsWith("the class " + composed + " is spelled otherwise in val/ than in train/"));

        TestImages.writeClass(folder.resolve("train").resolve(decomposed).resolve("more"), 2, 4);
        assertEquals(List.of(composed, "tea"), open().classes());
        assertEquals(6, open().training().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"@eaDir", "__MACOSX", "lost+found", ".ipynb_checkpoints", "$RECYCLE.BIN", "System Volume Information", "@Recycle",
            "#recycle", ".thumbnails", "__pycache__"})
    void foldersOfOtherProgramsAreNoClasses(String name) throws IOException {
        TestImages.writeClass(folder.resolve("a"), 5, 1);
        TestImages.writeClass(folder.resolve("b"), 5, 2);
        TestImages.writeClass(folder.resolve(name), 3, 3);
        TestImages.writeClass(folder.resolve("a").resolve(name), 3, 4);

        assertEquals(List.of("a", "b"), open().classes());
        assertEquals(10, open().training().size() + open().validation().size());
    }

    @Test
    void resultsOfTrainingAreNoClass() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 5, 1);
        TestImages.writeClass(folder.resolve("b"), 5, 2);
        for (String run : List.of("runs/first", "out")) {
            TestImages.writeClass(folder.resolve(run), 2, 3);
            for (String name : List.of("metrics.csv", "losses.csv", "last.safetensors")) {
                TestImages.write(folder.resolve(run).resolve(name), new byte[0]);
            }
        }
        assertEquals(List.of("a", "b"), open().classes());
        assertTrue(Set.of("results of training passed over: out, runs/first", "results of training passed over: runs/first, out")
                .contains(open().notes().getFirst()), open().notes().toString());
    }

    @Test
    void linksThatLeadBackOrNowhereAreListed() throws IOException {
        folder = Files.createDirectories(folder.resolve("set"));
        TestImages.writeClass(folder.resolve("a"), 5, 1);
        TestImages.writeClass(folder.resolve("b"), 5, 2);
        Files.createSymbolicLink(folder.resolve("a/up"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("a/further-up"), folder.getParent());
        Files.createSymbolicLink(folder.resolve("b/self"), Path.of("self"));
        Files.createSymbolicLink(folder.resolve("b/gone.png"), Path.of("nowhere.png"));
        TestImages.writeClass(folder.getParent().resolve("c"), 2, 3);
        Files.createSymbolicLink(folder.getParent().resolve("c/back"), folder.getParent().resolve("c"));
        Files.createSymbolicLink(folder.resolve("b/aside"), folder.getParent().resolve("c"));

        Dataset dataset = open();
        assertEquals(12, dataset.training().size() + dataset.validation().size());
        assertEquals(List.of("a/further-up: a link to a folder that it lies in", "a/up: a link to a folder that it lies in",
                        "b/aside/back: a link to a folder that it lies in", "b/gone.png: a link that leads nowhere", "b/self: a link that leads nowhere"),
                dataset.skipped().stream().map(Skipped::toString).sorted().toList());
        assertTrue(dataset.skipped().stream().noneMatch(Skipped::unreadable));
    }

    /** Where a process may open its own memory, reading it from the start is an input/output error. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anInputOutputErrorStops() throws IOException {
        writeHalves("train", "val");
        Files.createSymbolicLink(folder.resolve("val/b/9.png"), Path.of("/proc/self/mem"));
        String expected = "cannot read val/b/9.png: Input/output error; this is not the image's fault: mend the disk or the connection to it and start again";
        assertEquals(expected, assertThrows(DataException.class, () -> TrainingData.of(open(), Preprocessing.covering(new StoredSize(3, 3)),
                new Decoding(1, 0, Progress.NONE), new MaxBad(1))).getMessage());
        Files.move(folder.resolve("val/b/9.png"), folder.resolve("val/b/9"));
        assertTrue(refusal().contains("Input/output error"), refusal());
        Files.delete(folder.resolve("val/b/9"));
    }

    @Test
    void aPictureOfTwoClassesOrBothHalvesIsNamed() throws IOException {
        writeHalves("train", "val");
        Files.copy(folder.resolve("train/a/0.png"), folder.resolve("train/b/copy.png"));
        Files.copy(folder.resolve("train/b/1.png"), folder.resolve("val/b/copy.png"));

        Dataset dataset = open();
        assertEquals(Set.of("train/a/1.png", "train/a/2.png", "train/b/0.png", "train/b/1.png", "train/b/2.png"), TestImages.names(dataset.training()));
        assertEquals(2, dataset.validation().size());
        assertEquals(List.of("train/a/0.png", "train/b/copy.png"), dataset.skipped().stream().map(Skipped::name).toList());
        assertTrue(dataset.notes().contains("1 validation image is among the training images too, so that accuracy will look better than it is: "
                + "val/b/copy.png is train/b/1.png"), dataset.notes().toString());
    }

    @Test
    void amongMoreImagesThanMayBeReadNoCopiesAreLookedFor() throws IOException {
        writeHalves("train", "val");
        Files.copy(folder.resolve("train/a/0.png"), folder.resolve("train/b/copy.png"));

        Dataset dataset = ImageFolder.open(folder, 0.2, 7);
        assertTrue(dataset.notes().contains("copies were not looked for among 8 images: that would read all of them"), dataset.notes().toString());
        assertEquals(8, dataset.training().size() + dataset.validation().size());
        assertTrue(TestImages.names(dataset.training()).contains("train/b/copy.png"), "left out");
    }

    @Test
    void wordsOfClassesComeFromAFileBesideThem() throws IOException {
        Path set = folder.resolve("one/two");
        TestImages.writeClass(set.resolve("n01440764"), 3, 1);
        TestImages.writeClass(set.resolve("n01443537"), 3, 2);
        TestImages.writeClass(set.resolve("other"), 3, 3);
        Files.writeString(folder.resolve("LOC_synset_mapping.txt"), "n01440764 tench, Tinca tinca\nn01443537 goldfish\nn99999999 none of these\n");
        Files.writeString(set.resolve("words.txt"), "other is no synset\nn01443537\tgoldfish, Carassius auratus\n");
        Files.write(folder.resolve("one/synset_words.txt"), new byte[] {'n', (byte) 0xFF});

        assertEquals(List.of("n01440764: tench, Tinca tinca", "n01443537: goldfish, Carassius auratus", "other: -"),
                ImageFolder.open(set, 0.2).classNames().stream().map(name -> name.name() + ": " + name.words().orElse("-")).toList());
    }

    @Test
    void aFolderWithoutTrainIsTestedWhole() throws IOException {
        TestImages.writeClass(folder.resolve("holiday/a"), 5, 1);
        TestImages.writeClass(folder.resolve("holiday/b"), 5, 2);
        TestImages.writeClass(folder.resolve("val/b"), 4, 3);
        Optional<Fingerprint> others = Optional.of(new Fingerprint(Map.of()));

        assertEquals(10, ImageFolder.openTest(folder.resolve("holiday"), others).images().size());
        assertEquals(4, ImageFolder.openTest(folder.resolve("val"), others).images().size());
        assertEquals(List.of("b"), ImageFolder.openTest(folder.resolve("val"), Optional.empty()).classes());
        assertEquals(4, ImageFolder.openTest(folder.resolve("val"), Optional.empty()).images().size());
        assertEquals(2, ImageFolder.openTest(folder.resolve("holiday"), Optional.empty()).images().size(), "it may be what the network was trained on");
    }

    @Test
    void whatTheNetworkWasTrainedOnIsNotMeasured() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 10, 1);
        TestImages.writeClass(folder.resolve("b"), 10, 2);
        Files.copy(folder.resolve("a/3.png"), folder.resolve("a/z.png"));
        TrainingData data = TrainingData.of(open(), Preprocessing.covering(new StoredSize(3, 3)), new Decoding(1, 0, Progress.NONE), MaxBad.STANDARD);

        TestSet same = ImageFolder.openTest(folder, Optional.of(data.fingerprint()));
        assertEquals(TestImages.names(data.dataset().validation()), TestImages.names(same.images()));
        Files.move(folder.resolve("b"), folder.resolve("renamed"));
        TestImages.writeClass(folder.resolve("a/new"), 3, 5);
        assertEquals(4 + 3, ImageFolder.openTest(folder, Optional.of(data.fingerprint())).images().size());
    }
}
