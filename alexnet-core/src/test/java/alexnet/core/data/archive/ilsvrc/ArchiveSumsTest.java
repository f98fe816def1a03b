package alexnet.core.data.archive.ilsvrc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.DataException;

class ArchiveSumsTest {

    @TempDir
    Path folder;

    @Test
    void anotherFileByThatNameIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("ILSVRC2012_img_val.tar"), "hello");
        long[] read = {0};

        ArchiveSums.Verdict verdict = ArchiveSums.check(file, bytes -> read[0] += bytes);

        assertEquals(List.of(file), ArchiveSums.archives(folder));
        assertEquals(5, read[0]);
        assertFalse(verdict.right());
        assertEquals(file + ": md5 5d41402abc4b2a76b9719d911017c592, 29b22e2961454d5413ddabcf34fc5622 is published: damaged, cut off or another: get it anew",
                verdict.line());
    }

    @Test
    void theDogsArchiveIsTold() {
        ArchiveSums.Verdict verdict = ArchiveSums.verdict(Path.of("ILSVRC2012_img_train.tar"), "ccaf1013018ac1037801578038d370da");

        assertFalse(verdict.right());
        assertTrue(verdict.line().contains("the dogs of task 3, another task") && verdict.line().contains("get ILSVRC2012_img_train.tar"), verdict.line());
    }

    @Test
    void whatIsAsPublishedIsTold() {
        ArchiveSums.Verdict verdict = ArchiveSums.verdict(Path.of("renamed.tar"), "1d675b47d978889d74fa0da5fadfb00e");

        assertTrue(verdict.right());
        assertEquals("renamed.tar: the training images, as published (md5 1d675b47d978889d74fa0da5fadfb00e)", verdict.line());
    }

    @Test
    void aFolderWithoutArchivesIsRefused() {
        String message = assertThrows(DataException.class, () -> ArchiveSums.archives(folder)).getMessage();
        assertTrue(message.contains("none of the archives") && message.contains("ILSVRC2012_img_train.tar"), message);
    }
}
