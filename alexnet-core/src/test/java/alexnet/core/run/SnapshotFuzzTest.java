package alexnet.core.run;

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
import alexnet.core.network.LayerWork;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.sink.LossFile;

/** Whatever a run has left behind, it is read or refused. */
class SnapshotFuzzTest {

    /** The first byte says which entry, of the first format or of today's, the others are its text. */
    @FuzzTest(maxDuration = "5m")
    void entriesAreReadOrRefused(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        CheckpointFile content = CheckpointFile.first();
        List<String> entries = List.copyOf(content.metadata.keySet());
        CheckpointFile second = CheckpointFile.second();
        int entry = (bytes[0] & 0xFF) % (entries.size() + second.metadata.size());
        if (entry >= entries.size()) {
            entry -= entries.size();
            content = second;
            entries = List.copyOf(content.metadata.keySet());
        }
        String changed = entries.get(entry);
        content.metadata.put(changed, new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
        Path file = Files.createTempFile("fuzz", ".safetensors");
        try {
            content.write(file);
            try (SafetensorsReader reader = SafetensorsReader.open(file)) {
                Snapshot snapshot = Snapshot.read(reader);
                snapshot.options().schedule();
                snapshot.state().best().ifPresent(Metrics::top1);
                snapshot.model().classes().forEach(String::length);
                LayerWork.training(snapshot.model().architecture());
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
        RunStart start = new RunStart(folder.resolve("none"), new RunState(3, 1, 12, 6.5, 12, List.of(), 0));
        try {
            Files.write(losses, bytes);
            RunFolder.requireRoom(folder, start, false);
            try (LossFile table = LossFile.open(losses, start.state().step())) {
                table.on(new RunEvent.StepFinished(new Place(4, 1, 4, 5), 4, 0.5, 2.25, 1, 0));
            }
            List<String> lines = Files.readAllLines(losses);
            assertTrue(lines.size() <= 5 && lines.getFirst().startsWith("step,epoch,lr,loss") && lines.getLast().startsWith("4,1,0.500000,2.25000000"),
                    lines.toString());
        } catch (RunFolderException foreign) {
            assertArrayEquals(bytes, Files.readAllBytes(losses));
            assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).startsWith("step,epoch,lr,loss\n"), foreign.getMessage());
        } finally {
            Files.deleteIfExists(losses);
            Files.delete(folder);
        }
    }
}
