package alexnet.core.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    }
}
