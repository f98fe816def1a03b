package alexnet.core.data.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.data.DataException;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.TestImages;
import alexnet.core.data.archive.tar.TestTar;
import alexnet.core.data.catalog.Forms;

class UnreadFormTest {

    @TempDir
    Path folder;

    private String refusal(Path path) {
        Form form = Forms.of(path);
        String message = assertThrows(DataException.class, () -> form.open(path, new Opening(_ -> { }, folder.resolve("cache")))).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    @ParameterizedTest
    @CsvSource({"train_lmdb/data.mdb,LMDB", "data.mdb,LMDB", "train_images_0.tar.gz,gunzip", "images.tgz,unpack it", "imagenet.zip,unpack it, and give the folder",
            "train-00000-of-01024,TFRecord", "train.tfrecord,TFRecord", "train.rec,RecordIO", "data-00000-of-00257.arrow,parquet"})
    void whatIsNotReadIsCalledByItsName(String file, String said) throws IOException {
        TestImages.write(folder.resolve(file), new byte[10]);
        assertTrue(refusal(folder).startsWith(folder.resolve(file) + " is ") && refusal(folder).contains(said), refusal(folder));
        assertEquals(refusal(folder), refusal(folder.resolve(file)));
    }

    @Test
    void otherTarsSayWhatIsWrongWithThem() throws IOException {
        Path tar = new TestTar().add("cats/1.jpg", "x").add("dogs/1.jpg", "x").write(folder.resolve("pets.tar"));
        assertEquals(tar + " is a tar of neither ILSVRC's nor WebDataset's: unpack it (tar -xf), and give the folder", refusal(folder));
        Files.writeString(tar, "<html>404</html>");
        assertTrue(refusal(folder).startsWith(tar + " is damaged or was cut off, at byte 0 ("), refusal(folder));
    }

    @Test
    void anArchiveBesideFoldersOfImagesIsLeftAlone() throws IOException {
        TestImages.writeClass(folder.resolve("cats"), 3, 1);
        TestImages.writeClass(folder.resolve("dogs"), 3, 2);
        Files.write(folder.resolve("images.zip"), new byte[10]);
        assertEquals("folders of images", Forms.of(folder).name());
    }
}
