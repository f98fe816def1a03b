package alexnet.core.data.archive.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Opening;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.SameImages;
import alexnet.core.data.catalog.Forms;
import alexnet.core.data.folder.ImageFolder;

class ListFormTest {

    @TempDir
    private Path temporary;

    private Path set;

    @BeforeEach
    void photographsWithoutLists() throws IOException {
        set = temporary.resolve("set");
        SameImages.writeFlat(set);
        SameImages.writeFolders(temporary.resolve("folders"));
    }

    private void lists(String prefix, int first, int second) throws IOException {
        StringBuilder training = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            String wnid = i % 2 == 0 ? SameImages.SECOND : SameImages.FIRST;
            training.append("%s%s/%s_%d.JPEG %d\n".formatted(prefix.replace("*", "train"), wnid, wnid, i, i % 2 == 0 ? second : first));
        }
        Files.writeString(set.resolve("train.txt"), training);
        String measured = prefix.replace("*", "val");
        Files.writeString(set.resolve("val.txt"), measured + "ILSVRC2012_val_00000001.JPEG " + second + "\r\n" + measured + "ILSVRC2012_val_00000002.JPEG "
                + first + "\r\n");
    }

    private Dataset open() {
        assertTrue(new ListForm().recognises(set));
        return Forms.of(set).open(set, Opening.standard(_ -> { }));
    }

    private void isTheSame() throws IOException {
        try (Dataset listed = open(); Dataset folders = ImageFolder.open(temporary.resolve("folders"), 0.2)) {
            SameImages.assertSame(folders, listed);
        }
    }

    @Test
    void pathsAreRelativeToTheListOrToTheHalf() throws IOException {
        lists("*/", 0, 1);
        isTheSame();
        lists("", 0, 1);
        isTheSame();
        lists("./", 0, 1);
        isTheSame();
    }

    @Test
    void labelsAreNumberedAnewByTheSamplesNames() throws IOException {
        lists("", 7, 3);
        isTheSame();
        try (Dataset listed = open()) {
            assertTrue(listed.notes().stream().anyMatch(note -> note.contains("otherwise than in the set")), listed.notes().toString());
        }
    }

    @Test
    void wordsComeFromTheListOfSynsets() throws IOException {
        lists("", 0, 1);
        Files.writeString(set.resolve("synset_words.txt"), SameImages.FIRST + " tench, Tinca tinca\n" + SameImages.SECOND + " goldfish\n");
        try (Dataset listed = open()) {
            assertEquals(List.of(Optional.of("tench, Tinca tinca"), Optional.of("goldfish")), listed.classNames().stream().map(ClassName::words).toList());
        }
    }

    @Test
    void aListOfSynsetsInAnotherOrderIsRefused() throws IOException {
        lists("", 0, 1);
        Files.writeString(set.resolve("synsets.txt"), SameImages.SECOND + "\n" + SameImages.FIRST + "\n");
        refused("do not belong together");
    }

    @Test
    void otherNamesAreThoseOfTheFileOrTheFoldersOrNumbers() throws IOException {
        for (String name : List.of("cat/a b.png", "dog/1.png", "cat/3.png")) {
            Files.createDirectories(set.resolve(name).getParent());
            Files.write(set.resolve(name), SameImages.picture(name.hashCode()));
        }
        Files.writeString(set.resolve("train.txt"), "cat/a b.png 1\ndog/1.png\t0\n");
        Files.writeString(set.resolve("val.txt"), "cat/3.png 1\n");
        try (Dataset listed = open()) {
            assertEquals(List.of("cat", "dog"), listed.classes());
            assertEquals(List.of("cat/a b", "dog/1", "cat/3"), List.of(listed.training().sampleName(0), listed.training().sampleName(1), listed.validation().sampleName(0)));
        }
        Files.writeString(set.resolve("classes.txt"), "hound\ntiger\n");
        try (Dataset listed = open()) {
            assertEquals(List.of("hound", "tiger"), listed.classes());
            assertEquals(1, listed.training().label(0));
            assertEquals("tiger/cat/a b", listed.training().sampleName(0));
        }
        Files.delete(set.resolve("classes.txt"));
        Files.writeString(set.resolve("val.txt"), "cat/3.png 0\n");
        try (Dataset listed = open()) {
            assertEquals(List.of("0", "1"), listed.classes());
        }
    }

    @Test
    void aTestIsOfTheValidationList() throws IOException {
        lists("", 0, 1);
        Files.delete(set.resolve("train.txt"));
        Files.writeString(set.resolve("synsets.txt"), SameImages.FIRST + "\n" + SameImages.SECOND + "\n");
        try (TestSet test = Forms.of(set).openTest(set, Optional.empty(), Opening.standard(_ -> { }))) {
            assertEquals(List.of(SameImages.FIRST, SameImages.SECOND), test.classes());
            assertEquals(List.of(1, 0), List.of(test.images().label(0), test.images().label(1)));
        }
    }

    @Test
    void whatLiesElsewhereIsRefused() throws IOException {
        Files.write(temporary.resolve("secret.JPEG"), SameImages.picture(1));
        for (String path : List.of("../secret.JPEG", "train/../../secret.JPEG", temporary.resolve("secret.JPEG").toString())) {
            lists("*/", 0, 1);
            Files.writeString(set.resolve("train.txt"), Files.readString(set.resolve("train.txt")) + path + " 0\n");
            refused("is not below " + set);
        }
        Files.createSymbolicLink(set.resolve("train/link.JPEG"), temporary.resolve("secret.JPEG"));
        Files.createSymbolicLink(set.resolve("train/out"), temporary);
        for (String path : List.of("train/link.JPEG", "train/out/secret.JPEG")) {
            lists("*/", 0, 1);
            Files.writeString(set.resolve("train.txt"), Files.readString(set.resolve("train.txt")) + path + " 0\n");
            refused("a link that leads out of");
        }
    }

    @Test
    void linesThatAreNoneOfAListAreRefusedWithTheirNumber() throws IOException {
        lists("", 0, 1);
        Files.writeString(set.resolve("train.txt"), "n00000001/n00000001_1.JPEG\nn00000001/n00000001_3.JPEG\n");
        refused("train.txt line 1: expected the path of an image and the number of its class");
        Files.writeString(set.resolve("train.txt"), "n00000001/n00000001_1.JPEG 0\n\nn00000001/n00000001_3.JPEG -1\n");
        refused("train.txt line 3");
        Files.writeString(set.resolve("train.txt"), "nowhere/n00000001_1.JPEG 0\n");
        refused("names nowhere/n00000001_1.JPEG, which is neither in");
        lists("", 0, 1);
        Files.delete(set.resolve("val.txt"));
        refused("has no val.txt");
    }

    private void refused(String message) {
        DataException refused = assertThrows(DataException.class, () -> open().close());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    }
}
