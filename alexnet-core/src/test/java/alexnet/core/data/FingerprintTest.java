package alexnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import alexnet.core.data.feed.Decoding;
import alexnet.core.data.feed.TrainingData;
import alexnet.core.data.folder.ImageFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

    @TempDir
    Path folder;

    @BeforeEach
    void images() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 20, 1);
        TestImages.writeClass(folder.resolve("b"), 20, 2);
    }

    private Dataset open() {
        return ImageFolder.open(folder, ImageFolder.HELD_OUT_SHARE);
    }

    private Fingerprint trained() {
        return TrainingData.of(open(), Preprocessing.covering(new StoredSize(4, 4)), new Decoding(1, 0, Progress.NONE), MaxBad.STANDARD).fingerprint();
    }

    @Test
    void imagesStayInTheHalvesThatTheyWereTrainedIn() throws IOException {
        Fingerprint trained = trained();
        Dataset before = open();
        // Images that are held out by their hashes push others out of the held-out fifth.
        TestImages.writeClass(folder.resolve("b"), 60, 2);
        Files.delete(folder.resolve(before.training().name(0)));
        assertTrue(open().validation().size() > before.validation().size(), "the split is the same, which proves nothing");

        Dataset halves = trained.halves(open());

        Set<String> training = TestImages.names(before.training());
        training.remove(before.training().name(0));
        assertEquals(training, TestImages.names(halves.training()));
        assertEquals(TestImages.names(before.validation()), TestImages.names(halves.validation()));
        assertTrue(halves.notes().contains("40 images are left out: new or changed since the network was trained"), halves.notes().toString());
        for (int i = 0; i < halves.validation().size(); i++) {
            assertEquals(halves.validation().name(i).startsWith("a/") ? 0 : 1, halves.validation().label(i));
        }
    }

    @Test
    void aChangedImageIsLeftOut() throws IOException {
        Fingerprint trained = trained();
        String changed = open().training().name(3);
        TestImages.write(folder.resolve(changed), TestImages.encode(TestImages.plain(6, 5, 0x123456), "png"));

        Dataset halves = trained.halves(open());

        assertEquals(31, halves.training().size());
        assertTrue(TestImages.names(halves.training()).stream().noneMatch(changed::equals));
        assertTrue(halves.notes().contains("1 image is left out: new or changed since the network was trained"), halves.notes().toString());
    }

    @Test
    void ofOtherImagesNothingIsLeft() {
        DataException refused = assertThrows(DataException.class, () -> new Fingerprint(Map.of()).halves(open()));
        assertEquals(folder + " has none of the training images that the network was trained with", refused.getMessage());
    }

    @Test
    void aFewOfEachHalfAreSpreadOverTheClasses() throws IOException {
        Dataset few = open().atMost(4);
        for (ImageSource half : new ImageSource[] {few.training(), few.validation()}) {
            assertEquals(4, half.size());
            assertEquals(2, TestImages.names(half).stream().filter(name -> name.startsWith("a/")).count());
        }
        assertEquals(TestImages.names(open().training()), TestImages.names(open().atMost(1000).training()));
        assertEquals(TestImages.names(few.training()), TestImages.names(open().atMost(4).training()));
    }
}
