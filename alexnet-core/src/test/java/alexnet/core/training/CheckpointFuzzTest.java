package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;

/** Whatever a run has left behind, it is read or refused. */
class CheckpointFuzzTest {

    /** The first byte says which entry, the others are its text. */
    @FuzzTest(maxDuration = "5m")
    void entriesAreReadOrRefused(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        CheckpointFile content = new CheckpointFile();
        String changed = List.copyOf(content.metadata.keySet()).get((bytes[0] & 0xFF) % content.metadata.size());
        content.metadata.put(changed, new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
        Path file = Files.createTempFile("fuzz", ".safetensors");
        try {
            content.write(file);
            try (SafetensorsReader reader = SafetensorsReader.open(file)) {
                Checkpoint checkpoint = Checkpoint.read(reader);
                checkpoint.options().schedule();
                checkpoint.history().forEach(EpochMetrics::top1);
                checkpoint.classes().forEach(String::length);
            }
        } catch (CheckpointException refused) {
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        } finally {
            Files.delete(file);
        }
    }

    /** A run that is resumed keeps the losses of the steps done before, as far as there are any; a table of something else is left alone. */
    @FuzzTest(maxDuration = "1m")
    void lossesAreKeptAsFarAsTheyAre(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path losses = folder.resolve("losses.csv");
        RunStart start = new RunStart(folder.resolve("none"), List.of(), 3);
        try {
            Files.write(losses, bytes);
            try (RunFolder run = RunFolder.claim(folder, start, false)) {
                run.begin();
                run.step(1, 0.5, 2.25);
            }
            List<String> lines = Files.readAllLines(losses);
            assertTrue(lines.size() <= 5 && lines.getFirst().equals("step,epoch,lr,loss") && lines.getLast().equals("4,1,0.500000,2.25000000"),
                    lines.toString());
        } catch (RunFolderException foreign) {
            assertArrayEquals(bytes, Files.readAllBytes(losses));
            assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).startsWith("step,epoch,lr,loss\n"), foreign.getMessage());
        } finally {
            for (String name : List.of("losses.csv", "metrics.csv", ".lock")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }
}
