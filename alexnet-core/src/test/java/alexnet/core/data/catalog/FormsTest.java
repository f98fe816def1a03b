package alexnet.core.data.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import alexnet.core.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FormsTest {

    @TempDir
    Path folder;

    @Test
    void whatIsOfNoOtherFormIsAFolderOfImages() {
        assertEquals("folders of images", Forms.of(folder).name());
    }

    @Test
    void idxFilesAreKnownInTheOnlyFolderToo() throws IOException {
        Files.createDirectory(folder.resolve("raw"));
        Files.createFile(folder.resolve("raw/t10k-labels-idx1-ubyte"));
        assertEquals("IDX files", Forms.of(folder).name());
        assertEquals("IDX files", Forms.of(folder.resolve("raw")).name());
        Files.createDirectory(folder.resolve("photographs"));
        assertEquals("folders of images", Forms.of(folder).name());
    }

    @Test
    void aFileOfNoFormIsRefusedWithTheFormsThatThereAre() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "none");
        String refusal = assertThrows(DataException.class, () -> Forms.of(file)).getMessage();
        assertTrue(refusal.startsWith(file + " holds no images of a known form: give "), refusal);
        assertTrue(refusal.contains("folders of images"), refusal);
    }
}
