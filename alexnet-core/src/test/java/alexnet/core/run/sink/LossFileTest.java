package alexnet.core.run.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;

class LossFileTest {

    private static final String HEADER = "step,epoch,lr,loss,images_per_second,waiting";

    @TempDir
    private Path folder;

    private List<String> added(Path file, long begun, RunEvent.StepFinished... steps) throws IOException {
        try (LossFile losses = LossFile.open(file, begun)) {
            for (RunEvent.StepFinished step : steps) {
                losses.on(step);
            }
        }
        return Files.readAllLines(file);
    }

    private static RunEvent.StepFinished step(long step, double seconds, double waiting) {
        return new RunEvent.StepFinished(new Place(step, 1, (int) step, 10), 32, 0.01, 2, seconds, waiting);
    }

    @Test
    void aStepTellsItsSpeedAndTheShareThatItWaited() throws IOException {
        assertEquals(List.of(HEADER, "1,1,0.0100000,2.00000000,128.0,0.2500", "2,1,0.0100000,2.00000000,,"),
                added(folder.resolve("losses.csv"), 0, step(1, 0.25, 0.0625), step(2, 0, 0)));
    }

    @Test
    void aTableWithoutSpeedsGoesOnWithThem() throws IOException {
        Path file = Files.writeString(folder.resolve("losses.csv"), "step,epoch,lr,loss\n1,1,0.01,2.5\n2,1,0.01,2.25\n3,1,0.01,2.125\n");
        assertEquals(List.of(HEADER, "1,1,0.01,2.5,,", "2,1,0.01,2.25,,", "3,1,0.0100000,2.00000000,128.0,0.000"), added(file, 2, step(3, 0.25, 0)));
        assertEquals(List.of(HEADER, "1,1,0.01,2.5,,", "2,1,0.01,2.25,,", "3,1,0.0100000,2.00000000,128.0,0.000"), added(file, 3));
    }
}
