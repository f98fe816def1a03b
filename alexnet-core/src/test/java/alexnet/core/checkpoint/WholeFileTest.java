package alexnet.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void aFailureLeavesTheOldFileAndNoOther() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        assertThrows(IOException.class, () -> WholeFile.write(file, channel -> {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            throw new IOException("full");
        }));
        assertEquals("old", Files.readString(file));
        assertEquals(1, files());
    }

    @Test
    void whatADeadProcessLeftOfTheSameFileIsTakenAwayWithTheNextWrite() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path left = Files.writeString(folder.resolve(".file." + dead.pid() + ".tmp"), "half");
        Path living = Files.writeString(folder.resolve(".file." + ProcessHandle.current().parent().orElseThrow().pid() + ".tmp"), "half");
        Path other = Files.writeString(folder.resolve(".other." + dead.pid() + ".tmp"), "half");
        WholeFile.write(folder.resolve("file"), channel -> channel.write(ByteBuffer.wrap(new byte[] {1})));
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(living) && Files.exists(other));
    }

    @Test
    void whatIsNoRegularFileIsNotReplaced() throws IOException {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));
        Path link = Files.createSymbolicLink(folder.resolve("link"), device);

        for (Path place : new Path[] {link, Files.createDirectory(folder.resolve("folder"))}) {
            assertThrows(IOException.class, () -> WholeFile.write(place, channel -> channel.write(ByteBuffer.wrap(new byte[] {1}))));
        }

        assertTrue(Files.isSymbolicLink(link));
        assertEquals(2, files());
    }

    @Test
    void aLinkStaysWhenItsFirstNameIsReplaced() throws IOException {
        Path first = Files.write(folder.resolve("first"), new byte[] {1});
        Path second = Files.write(folder.resolve("second"), new byte[] {2});
        WholeFile.link(first, second);
        WholeFile.write(first, channel -> channel.write(ByteBuffer.wrap(new byte[] {3})));
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(second));
        assertEquals(2, files());
    }
}
