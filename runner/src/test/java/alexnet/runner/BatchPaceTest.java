package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class BatchPaceTest {

    private long now;

    private String at(BatchPace pace, long done, long seconds) {
        now = TimeUnit.SECONDS.toNanos(seconds);
        return Part.line("", pace.at(done));
    }

    @Test
    void theFirstBatchDoesNotCount() {
        BatchPace pace = new BatchPace(1280, 128, () -> now);
        assertEquals("", at(pace, 128, 60));
        assertEquals(", 128.0 images/s, 0:08 left", at(pace, 256, 61));
        assertEquals(", 64.0 images/s, 0:00 left", at(pace, 1280, 60 + 18));
    }

    @Test
    void ofImagesThatComeOneByOneThoseOfTheFirstBatchDoNotCount() {
        BatchPace pace = new BatchPace(100, 10, () -> now);
        assertEquals(List.of(), pace.at(1));
        assertEquals("", at(pace, 10, 5));
        assertEquals(", 10.0 images/s, 0:08 left", at(pace, 20, 6));
    }
}
