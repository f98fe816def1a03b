package alexnet.core.data.archive.ilsvrc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Opening;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.mat.TestMat;
import alexnet.core.data.archive.tar.TestTar;
import alexnet.core.data.folder.ImageFolder;

class IlsvrcFormTest {

    private static final Preprocessing SMALL = Preprocessing.covering(new StoredSize(8, 8));
    private static final String TRAIN = "ILSVRC2012_img_train.tar";
    private static final String VAL = "ILSVRC2012_img_val.tar";
    private static final String DEVKIT = "ILSVRC2012_devkit_t12.tar.gz";

    private final List<String> log = new ArrayList<>();
    private final TestMat mat = new TestMat(ByteOrder.LITTLE_ENDIAN);

    @TempDir
    Path folder;

    @TempDir
    Path cache;

    private static byte[] png(long seed) throws IOException {
        return TestImages.encode(TestImages.noise(9, 8, seed), "png");
    }

    /** Two classes, whose IDs are the other way round than their WNIDs, and a synset above them. */
    @BeforeEach
    void archives() throws IOException {
        byte[] sharks = new TestTar().add("n01484850_3.JPEG", png(1)).add("n01484850_20.JPEG", png(2)).bytes();
        byte[] tenches = new TestTar().add("./n01440764_10026.JPEG", png(3)).add("n01440764_7.JPEG", "no image").add("._x", "x").add("readme.txt", "x")
                .add("link", TarConstants.LF_SYMLINK, "/etc/passwd").bytes();
        new TestTar().add("n01484850.tar", sharks).add("n01440764.tar", tenches).write(folder.resolve(TRAIN));
        new TestTar().add("ILSVRC2012_val_00000002.JPEG", png(5)).add("ILSVRC2012_val_00000001.JPEG", png(4)).add("ILSVRC2012_val_00000003.JPEG", png(6))
                .write(folder.resolve(VAL));
        devkit(meta(), "1\n2\n1\n");
    }

    private byte[] meta() {
        List<String> fields = List.of("ILSVRC2012_ID", "WNID", "words", "gloss", "num_children");
        return mat.file(mat.compressed(mat.structs("synsets", fields, List.of(
                List.of(mat.number(1), mat.text("n01484850"), mat.text("great white shark, Carcharodon carcharias"), mat.text("large"), mat.number(0)),
                List.of(mat.number(2), mat.text("n01440764"), mat.text("tench, Tinca tinca"), mat.text("freshwater"), mat.number(0)),
                List.of(mat.number(3), mat.text("n00001740"), mat.text("entity"), mat.text("that which"), mat.number(2))))));
    }

    private void devkit(byte[] meta, String truth) throws IOException {
        byte[] tar = new TestTar().add("ILSVRC2012_devkit_t12/readme.txt", "x").add("ILSVRC2012_devkit_t12/data/meta.mat", meta)
                .add("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt", truth).bytes();
        var zipped = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(zipped)) {
            stream.write(tar);
        }
        Files.write(folder.resolve(DEVKIT), zipped.toByteArray());
    }

    private Dataset open(Path path) {
        IlsvrcForm form = new IlsvrcForm();
        assertTrue(form.recognises(path));
        return form.open(path, new Opening(log::add, cache));
    }

    private String refusal() {
        String message = assertThrows(DataException.class, () -> open(folder).close()).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    private static List<String> described(Dataset set, ImageSource source) {
        return IntStream.range(0, source.size()).mapToObj(i -> source.name(i) + " " + source.sampleName(i) + " " + set.classes().get(source.label(i))).toList();
    }

    @Test
    void withoutValidationImagesTheSameAreHeldOutAsOfFoldersAlsoWhereAPictureIsInTwoClasses(@TempDir Path tars, @TempDir Path folders) throws IOException {
        for (String wnid : List.of("n01440764", "n01484850")) {
            TestTar tar = new TestTar();
            for (int i = 0; i < 10; i++) {
                String name = wnid + "_" + i + ".JPEG";
                byte[] image = png(i == 0 ? 0 : wnid.hashCode() + i);
                tar.add(name, image);
                TestImages.write(folders.resolve(wnid + "/" + name), image);
            }
            tar.write(tars.resolve(wnid + ".tar"));
        }
        Dataset expected = ImageFolder.open(folders, ImageFolder.HELD_OUT_SHARE);
        assertEquals(19, expected.training().size() + expected.validation().size());
        try (Dataset set = open(tars)) {
            assertEquals(names(expected.training()), names(set.training()));
            assertEquals(names(expected.validation()), names(set.validation()));
        }
    }

    private static Set<String> names(ImageSource source) {
        return IntStream.range(0, source.size()).mapToObj(source::sampleName).collect(Collectors.toSet());
    }

    @Test
    void classesAreSortedWnidsAndIdsAreMappedByTheKit() {
        try (Dataset set = open(folder)) {
            assertEquals(List.of(new ClassName("n01440764", Optional.of("tench, Tinca tinca"), OptionalInt.of(2)),
                    new ClassName("n01484850", Optional.of("great white shark, Carcharodon carcharias"), OptionalInt.of(1))), set.classNames());
            assertEquals(List.of(TRAIN + "/n01484850.tar/n01484850_3.JPEG n01484850_3 n01484850", TRAIN + "/n01484850.tar/n01484850_20.JPEG n01484850_20 n01484850",
                    TRAIN + "/n01440764.tar/n01440764_10026.JPEG n01440764_10026 n01440764", TRAIN + "/n01440764.tar/n01440764_7.JPEG n01440764_7 n01440764"),
                    described(set, set.training()));
            assertEquals(List.of(VAL + "/ILSVRC2012_val_00000002.JPEG ILSVRC2012_val_00000002 n01440764",
                    VAL + "/ILSVRC2012_val_00000001.JPEG ILSVRC2012_val_00000001 n01484850", VAL + "/ILSVRC2012_val_00000003.JPEG ILSVRC2012_val_00000003 n01484850"),
                    described(set, set.validation()));
            assertEquals(List.of(TRAIN + "/n01440764.tar: 1 file that is no image passed over: readme.txt",
                    folder.resolve(TRAIN) + ": 1 links and 0 devices or other special entries passed over"), set.notes());
        }
    }

    @Test
    void imagesAndDrawsAreThoseOfFolders(@TempDir Path other) throws IOException {
        Files.delete(folder.resolve(DEVKIT));
        devkit(meta(), "1\n2\n1\n");
        TestImages.write(other.resolve("train/n01484850/n01484850_3.JPEG"), png(1));
        TestImages.write(other.resolve("train/n01440764/n01440764_10026.JPEG"), png(3));
        TestImages.write(other.resolve("val/n01440764/ILSVRC2012_val_00000002.JPEG"), png(5));
        Dataset folders = ImageFolder.open(other, 0.2);
        try (Dataset set = open(folder)) {
            assertSame(folders.training(), 0, set.training(), 2);
            assertSame(folders.training(), 1, set.training(), 0);
            assertSame(folders.validation(), 0, set.validation(), 0);
        }
    }

    private static void assertSame(ImageSource one, int index, ImageSource other, int otherIndex) throws IOException {
        assertEquals(one.sampleName(index), other.sampleName(otherIndex));
        assertEquals(one.key(index), other.key(otherIndex));
        byte[][] pixels = new byte[2][3 * 64];
        one.read(index, SMALL, MemorySegment.ofArray(pixels[0]));
        other.read(otherIndex, SMALL, MemorySegment.ofArray(pixels[1]));
        assertTrue(Arrays.equals(pixels[0], pixels[1]));
    }

    @Test
    void whatIsFoundIsKeptUntilAnArchiveChanges() throws IOException {
        open(folder).close();
        assertEquals(2, log.size());
        open(folder).close();
        assertEquals(2, log.size());
        new TestTar().add("ILSVRC2012_val_00000001.JPEG", png(4)).write(folder.resolve(VAL));
        try (Dataset set = open(folder)) {
            assertEquals(1, set.validation().size());
            assertTrue(set.notes().contains(folder.resolve(VAL) + " has 1 images whose class is known, the development kit speaks of 3"), set.notes().toString());
        }
        assertEquals(List.of("looking through " + folder.resolve(VAL) + ", once: what is found is kept"), log.subList(2, log.size()));
        Files.write(folder.resolve(".alexnet-train.index"), new byte[100]);
        open(folder).close();
        assertEquals(4, log.size());
    }

    @Test
    void theTrainingArchiveItselfFindsTheOthersBesideIt() {
        try (Dataset set = open(folder.resolve(TRAIN))) {
            assertEquals(3, set.validation().size());
        }
    }

    @Test
    void trainingImagesAloneHoldOutAShareAndSaySo() throws IOException {
        Files.delete(folder.resolve(VAL));
        try (Dataset set = open(folder)) {
            assertEquals(1, set.validation().size());
            assertTrue(set.notes().toString().contains("there are no validation images: put ILSVRC2012_img_val.tar"), set.notes().toString());
            assertEquals(TRAIN + "/n01440764.tar/n01440764_7.JPEG: not an image of a known format", set.skipped().getFirst().toString());
        }
    }

    @Test
    void tarsOfManyClassesTellThemByTheNames() throws IOException {
        Files.delete(folder.resolve(TRAIN));
        new TestTar().add("train_images_0/n01484850_3_n01484850.JPEG", png(1)).add("n01440764_3_n01440764.JPEG", png(2)).add("notes.jpg", "x")
                .write(folder.resolve("train_images_0.tar"));
        new TestTar().add("n01440764_4_n01440764.JPEG", png(3)).write(folder.resolve("train_images_1.tar"));
        try (Dataset set = open(folder)) {
            assertEquals(List.of("train_images_0.tar/train_images_0/n01484850_3_n01484850.JPEG n01484850_3 n01484850",
                    "train_images_0.tar/n01440764_3_n01440764.JPEG n01440764_3 n01440764", "train_images_1.tar/n01440764_4_n01440764.JPEG n01440764_4 n01440764"),
                    described(set, set.training()));
            assertEquals(List.of("train_images_0.tar: 1 file that is no image passed over: notes.jpg"), set.notes());
        }
    }

    @Test
    void theDogsOfAnotherTaskAreTold() throws IOException {
        TestTar dogs = new TestTar();
        for (int i = 0; i < 120; i++) {
            String wnid = "n%08d".formatted(2085620 + i * 200);
            dogs.add(wnid + ".tar", new TestTar().add(wnid + "_1.JPEG", i < 2 ? png(i) : new byte[] {1}).add(wnid + "_2.JPEG", png(1000 + i)).bytes());
        }
        Files.delete(folder.resolve(VAL));
        dogs.write(folder.resolve(TRAIN));
        try (Dataset set = open(folder)) {
            assertTrue(set.notes().getFirst().contains("the 120 breeds of dogs of another task"), set.notes().toString());
        }
    }

    @Test
    void unpackedOnceItIsReadAsWell() throws IOException {
        Files.delete(folder.resolve(TRAIN));
        new TestTar().add("n01484850_3.JPEG", png(1)).write(folder.resolve("n01484850.tar"));
        new TestTar().add("n01440764_3.JPEG", png(2)).write(folder.resolve("n01440764.tar"));
        Files.delete(folder.resolve(DEVKIT));
        TestImages.write(folder.resolve("ILSVRC2012_devkit_t12/data/meta.mat"), meta());
        TestImages.write(folder.resolve("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt"), "1\n1\n2".getBytes());
        try (Dataset set = open(folder)) {
            assertEquals(List.of("n01440764.tar/n01440764_3.JPEG n01440764_3 n01440764", "n01484850.tar/n01484850_3.JPEG n01484850_3 n01484850"),
                    described(set, set.training()));
            assertEquals(3, set.validation().size());
        }
    }

    @Test
    void validationImagesAreTestedOnWithoutTrainingImages() throws IOException {
        Files.delete(folder.resolve(TRAIN));
        try (TestSet set = new IlsvrcForm().openTest(folder, Optional.empty(), new Opening(log::add, cache))) {
            assertEquals(List.of("n01440764", "n01484850"), set.classes());
            assertEquals(OptionalInt.of(1), set.classNames().get(1).ilsvrcId());
            assertEquals(3, set.images().size());
        }
        assertTrue(refusal().endsWith("has validation images alone: put ILSVRC2012_img_train.tar beside them"));
    }

    @Test
    void withoutTheKitTheValidationImagesSayWhatIsMissing() throws IOException {
        Files.delete(folder.resolve(DEVKIT));
        assertTrue(refusal().contains("put ILSVRC2012_devkit_t12.tar.gz beside it"), refusal());
    }

    @Test
    void classesInTheNamesOfValidationImagesNeedNoKit() throws IOException {
        Files.delete(folder.resolve(DEVKIT));
        new TestTar().add("ILSVRC2012_val_00000009_n01440764.JPEG", png(4)).write(folder.resolve(VAL));
        try (Dataset set = open(folder)) {
            assertEquals(List.of(VAL + "/ILSVRC2012_val_00000009_n01440764.JPEG ILSVRC2012_val_00000009 n01440764"), described(set, set.validation()));
        }
    }

    @Test
    void imagesThatTheKitDoesNotKnowAreNamed() throws IOException {
        devkit(meta(), "1\n2\n");
        try (Dataset set = open(folder)) {
            assertEquals(VAL + "/ILSVRC2012_val_00000003.JPEG: the development kit says not of what class it is", set.skipped().getFirst().toString());
            assertTrue(set.skipped().getFirst().unreadable());
            assertEquals(2, set.validation().size());
        }
    }

    @Test
    void damagedArchivesAreRefusedByName() throws IOException {
        byte[] train = Files.readAllBytes(folder.resolve(TRAIN));
        Files.write(folder.resolve(TRAIN), Arrays.copyOf(train, 3000));
        assertTrue(refusal().startsWith(folder.resolve(TRAIN) + " is damaged or was cut off, at byte 0") || refusal().contains("n01484850.tar"), refusal());
        Files.write(folder.resolve(TRAIN), train);

        devkit(meta(), "1\nx\n");
        assertTrue(refusal().contains("line 2 is no ILSVRC2012_ID"), refusal());
        devkit(new byte[300], "1\n");
        assertTrue(refusal().contains("meta.mat is no MATLAB file of level 5"), refusal());
        Files.write(folder.resolve(DEVKIT), Arrays.copyOf(Files.readAllBytes(folder.resolve(DEVKIT)), 100));
        assertEquals(folder.resolve(DEVKIT) + " is damaged or was cut off: get it anew", refusal());
    }

    @Test
    void aKitThatGrowsWhenUnpackedIsRefused() throws IOException {
        try (var stream = new GZIPOutputStream(Files.newOutputStream(folder.resolve(DEVKIT)))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 80; i++) {
                stream.write(zeros);
            }
        }
        assertTrue(refusal().contains("holds more than 67108864 bytes"), refusal());
    }
}
