package alexnet.core.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts and files between ranks. */
class TextsTest {

    @Test
    void everyRankGetsEveryText() throws InterruptedException {
        List<String> texts = List.of("", "Grüße", "a much longer one");
        assertEquals(Collections.nCopies(3, texts), Threads.run(3, ranks -> Texts.gather(ranks, texts.get(ranks.rank()))));
        assertEquals(Collections.nCopies(2, List.of("", "")), Threads.run(2, ranks -> Texts.gather(ranks, "")));
        assertEquals(List.of("alone"), Texts.gather(Alone.REPLICA, "alone"));
    }

    @Test
    void theFirstRanksTextReachesTheOthers() throws InterruptedException {
        assertEquals(Collections.nCopies(3, "für alle"), Threads.run(3, ranks -> Texts.first(ranks, ranks.isFirst() ? "für alle" : "mine")));
        assertEquals(Collections.nCopies(2, ""), Threads.run(2, ranks -> Texts.first(ranks, "")));
        assertEquals("alone", Texts.first(Alone.REPLICA, "alone"));
    }

    /** Of several pieces, the last of them not whole. */
    @Test
    void theFirstRanksFileReachesTheOthersUnderItsNameAndIsGoneAfterwards(@TempDir Path folder) throws Exception {
        byte[] bytes = new byte[(65 << 20) + 3];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("model.safetensors"), bytes);
        List<Path> paths = Threads.run(3, ranks -> {
            try (SharedFile shared = SharedFile.of(ranks, ranks.isFirst() ? file : null)) {
                assertEquals(file.getFileName(), shared.path().getFileName());
                assertArrayEquals(bytes, Files.readAllBytes(shared.path()));
                return shared.path();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        assertEquals(file, paths.getFirst());
        assertEquals(3, paths.stream().distinct().count());
        assertEquals(bytes.length, Files.size(file));
        paths.stream().skip(1).forEach(copy -> assertFalse(Files.exists(copy.getParent())));
    }
}
