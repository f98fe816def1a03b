package alexnet.core.run.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;
import alexnet.core.run.sink.WarningFile.Warning;

class WarningFileTest {

    private static final String ODD = "the class \"a,b\"\nand 🍕";

    @TempDir
    private Path folder;

    private void start(WarningFile file, int step) throws IOException {
        file.on(new RunEvent.Started(new RunPlan("alexnet", List.of("a"), 100, 10, 2, 0.5, folder), place(step), List.of()));
    }

    private static void warn(WarningFile file, int step, String message) throws IOException {
        file.on(new RunEvent.Warned(place(step), message));
    }

    private static Place place(int step) {
        return new Place(step, 1, step, 100);
    }

    @Test
    void keepsWhatWasSaidUpToTheStepThatARunGoesOnFrom() throws IOException {
        WarningFile first = new WarningFile(folder);
        start(first, 0);
        assertFalse(Files.exists(folder.resolve(WarningFile.NAME)));
        warn(first, 3, ODD);
        warn(first, 9, "later");
        // It goes back within itself.
        start(first, 5);
        assertEquals(List.of(new Warning(3, ODD), new Warning(9, "later")), WarningFile.read(folder));

        WarningFile second = new WarningFile(folder);
        start(second, 5);
        warn(second, 7, "again");
        assertEquals(List.of(new Warning(3, ODD), new Warning(7, "again")), WarningFile.read(folder));

        start(new WarningFile(folder), 0);
        assertEquals(List.of(), WarningFile.read(folder));
    }

    /** The temporary file, which takes the place of the old one when it is whole, cannot be made. */
    @Test
    void whatIsThereStaysUntilWhatIsKeptIsWritten() throws IOException {
        WarningFile first = new WarningFile(folder);
        start(first, 0);
        warn(first, 3, ODD);
        warn(first, 9, "later");
        Files.createDirectory(folder.resolve("." + WarningFile.NAME + "." + ProcessHandle.current().pid() + ".tmp"));
        Files.createFile(folder.resolve("." + WarningFile.NAME + "." + ProcessHandle.current().pid() + ".tmp").resolve("in the way"));
        assertThrows(IOException.class, () -> start(new WarningFile(folder), 5));
        assertEquals(List.of(new Warning(3, ODD), new Warning(9, "later")), WarningFile.read(folder));
    }
}
