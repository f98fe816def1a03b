package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.group.Activity;
import alexnet.core.run.Watchdog.Silence;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;

class WatchdogTest {

    private static final Duration LIMIT = Duration.ofMillis(400);

    private final BlockingQueue<Silence> raised = new LinkedBlockingQueue<>();

    private static RunEvent step(long step) {
        return new RunEvent.StepFinished(new Place(step, 1, (int) step, 10), 4, 0.1, 2, 0.1, 0);
    }

    @Test
    void theLastEventIsToldWhenNoneFollows() throws InterruptedException {
        try (Watchdog watchdog = new Watchdog(LIMIT, raised::add)) {
            watchdog.on(step(3));
            watchdog.on(new RunEvent.Warned(new Place(3, 1, 3, 10), "told beside"));
            assertEquals(new Silence(new Place(3, 1, 3, 10), "step 3", LIMIT), raised.poll(20, TimeUnit.SECONDS));
            assertNull(raised.poll(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS), "raised twice");
        }
    }

    @Test
    void whatHangsBeforeTheFirstEventIsNoticed() throws InterruptedException {
        try (Watchdog _ = new Watchdog(LIMIT, raised::add)) {
            assertEquals(new Silence(null, "the run was prepared", LIMIT), raised.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void nothingIsRaisedWhileEventsComeNorWhenClosedNorWithoutALimit() throws InterruptedException {
        try (Watchdog watchdog = new Watchdog(LIMIT, raised::add); Watchdog _ = new Watchdog(Duration.ZERO, raised::add)) {
            long end = System.nanoTime() + 3 * LIMIT.toNanos();
            for (int step = 1; System.nanoTime() < end; step++) {
                watchdog.on(step(step));
                Thread.sleep(5);
            }
        }
        assertNull(raised.poll(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Test
    void theDumpNamesDeviceStepCheckpointAndThreads(@TempDir Path folder) throws IOException {
        Path checkpoint = folder.resolve("last.safetensors");
        HangDump dump = new HangDump(new Silence(new Place(1200, 3, 4, 10), "step 1200", Duration.ofMinutes(30)),
                List.of(new Activity("group 0 on GPU A", "backward, conv2", System.nanoTime()), new Activity("group 1 on GPU B", "idle", System.nanoTime())),
                Optional.of(checkpoint));
        assertEquals("nothing has gone on for 30.0 min since step 1200: group 0 on GPU A is at backward, conv2", dump.sentence());
        Path file = dump.write(folder);
        assertEquals(folder.resolve("hang-00001200.txt"), file);
        String text = Files.readString(file);
        assertTrue(text.contains("The last step that was finished is 1200, in epoch 3.\nThe checkpoint to go on from is " + checkpoint + ".\n"), text);
        assertTrue(text.contains("group 0 on GPU A: backward, conv2, for 0.") && text.contains("group 1 on GPU B: idle, for "), text);
        assertTrue(text.contains("\nthread main, runnable\n") && text.contains("alexnet.core.run.WatchdogTest.theDumpNames"), text);
    }
}
