package alexnet.core.data.archive.ilsvrc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Opening;
import alexnet.core.data.Skipped;
import alexnet.core.data.TestImages;
import alexnet.core.data.archive.SameImages;
import alexnet.core.data.archive.mat.TestMat;
import alexnet.core.data.catalog.Forms;
import alexnet.core.data.folder.ImageFolder;

class FlatFormTest {

    private static final String SOLUTION = "ImageId,PredictionString\nILSVRC2012_val_00000002,n00000001 85 1 499 272 \n"
            + "ILSVRC2012_val_00000001,n00000009 131 0 499 254 n00000009 1 2 3 4 \n";

    @TempDir
    private Path temporary;

    private Path writeKaggle() throws IOException {
        Path images = temporary.resolve("imagenet/ILSVRC/Data/CLS-LOC");
        SameImages.writeFlat(images);
        TestImages.write(images.resolve("test/ILSVRC2012_test_00000001.JPEG"), SameImages.picture(20));
        TestImages.write(temporary.resolve("imagenet/ILSVRC/ImageSets/CLS-LOC/train_cls.txt"), "n00000001/n00000001_1 1\n".getBytes());
        Files.writeString(temporary.resolve("imagenet/LOC_synset_mapping.txt"), "n00000001 tench, Tinca tinca\nn00000009 goldfish, Carassius auratus\n");
        Files.writeString(temporary.resolve("imagenet/LOC_val_solution.csv"), SOLUTION);
        return images;
    }

    private static Dataset open(Path folder) {
        assertTrue(new FlatForm().recognises(folder));
        return Forms.of(folder).open(folder, Opening.standard(_ -> { }));
    }

    private void isTheSame(Dataset flat) throws IOException {
        SameImages.writeFolders(temporary.resolve("folders"));
        try (flat; Dataset folders = ImageFolder.open(temporary.resolve("folders"), 0.2)) {
            SameImages.assertSame(folders, flat);
            assertEquals(List.of(), flat.skipped());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "imagenet", "imagenet/ILSVRC", "imagenet/ILSVRC/Data", "imagenet/ILSVRC/Data/CLS-LOC"})
    void kagglesTreeIsFoundFromAnyOfItsFolders(String given) throws IOException {
        writeKaggle();
        Dataset flat = open(temporary.resolve(given));
        assertEquals(List.of(Optional.of("tench, Tinca tinca"), Optional.of("goldfish, Carassius auratus")),
                flat.classNames().stream().map(ClassName::words).toList());
        isTheSame(flat);
    }

    @Test
    void withoutTheSolutionIsSaidWhatToDo() throws IOException {
        Path images = writeKaggle();
        Files.delete(temporary.resolve("imagenet/LOC_val_solution.csv"));
        refused(images, "put LOC_val_solution.csv (of Kaggle's set) or ILSVRC2012_devkit_t12.tar.gz into " + images);
    }

    @Test
    void damagedSolutionsAreRefused() throws IOException {
        Path images = writeKaggle();
        Files.writeString(temporary.resolve("imagenet/LOC_val_solution.csv"), SOLUTION + "ILSVRC2012_val_00000003\n");
        refused(images, "LOC_val_solution.csv line 4");
        Files.writeString(temporary.resolve("imagenet/LOC_val_solution.csv"), SOLUTION.replace("n00000009 131", "n00000005 131"));
        refused(images, "the class n00000005, which");
        Files.writeString(temporary.resolve("imagenet/LOC_val_solution.csv"), "ImageId,\"Prediction");
        refused(images, "LOC_val_solution.csv");
    }

    @Test
    void anImageThatTheSolutionDoesNotNameIsLeftOut() throws IOException {
        Path images = writeKaggle();
        Files.write(images.resolve("val/ILSVRC2012_val_00000003.JPEG"), SameImages.picture(12));
        try (Dataset flat = open(images)) {
            assertEquals(List.of("val/ILSVRC2012_val_00000003.JPEG"), flat.skipped().stream().map(Skipped::name).toList());
            assertEquals(2, flat.validation().size());
        }
    }

    @Test
    void theDevelopmentKitTellsClassesToo() throws IOException {
        Path set = temporary.resolve("set");
        SameImages.writeFlat(set);
        TestMat mat = new TestMat(ByteOrder.LITTLE_ENDIAN);
        byte[] synsets = mat.structs("synsets", List.of("ILSVRC2012_ID", "WNID", "words", "num_children"), List.of(
                List.of(mat.number(1), mat.text("n00000009"), mat.text("goldfish"), mat.number(0)),
                List.of(mat.number(2), mat.text("n00000001"), mat.text("tench"), mat.number(0))));
        TestImages.write(set.resolve("ILSVRC2012_devkit_t12/data/meta.mat"), mat.file(mat.compressed(synsets)));
        TestImages.write(set.resolve("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt"), "1\n2\n".getBytes());
        Dataset flat = open(set);
        assertEquals(List.of(OptionalInt.of(2), OptionalInt.of(1)), flat.classNames().stream().map(ClassName::ilsvrcId).toList());
        isTheSame(flat);
    }

    @Test
    void namesOfFilesMayTellTheClass() throws IOException {
        Path set = temporary.resolve("set");
        SameImages.writeTraining(set);
        TestImages.write(set.resolve("val/ILSVRC2012_val_00000001_n00000009.JPEG"), SameImages.picture(10));
        TestImages.write(set.resolve("val/ILSVRC2012_val_00000002_n00000001.JPEG"), SameImages.picture(11));
        isTheSame(open(set));
    }

    @Test
    void foldersOfClassesAreNotTakenForIt() throws IOException {
        SameImages.writeFolders(temporary.resolve("folders"));
        assertFalse(new FlatForm().recognises(temporary.resolve("folders")));
    }

    private static void refused(Path folder, String message) {
        DataException refused = assertThrows(DataException.class, () -> open(folder).close());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    }
}
