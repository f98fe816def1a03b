package alexnet.core.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The heartbeat of ranks")
@Timeout(60)
class HeartbeatTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    @Test
    @DisplayName("ranks that leave at other times than others wait for each other and raise no alarm")
    void leaving() throws InterruptedException {
        AtomicInteger alarms = new AtomicInteger();
        List<Boolean> left = Threads.run(3, ranks -> {
            try (Heartbeat _ = new Heartbeat(ranks.duplicate(), LIMIT, alarms::incrementAndGet)) {
                Thread.sleep(500L * ranks.rank());
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            return true;
        });
        assertEquals(List.of(true, true, true), left);
        assertEquals(0, alarms.get());
    }

    @Test
    @DisplayName("a rank that stops meeting is noticed by every other within the limit")
    void silence() throws InterruptedException {
        CountDownLatch alarms = new CountDownLatch(2);
        List<Long> seconds = Threads.run(3, ranks -> {
            Replicas own = ranks.duplicate();
            long start = System.nanoTime();
            try {
                if (ranks.rank() == 1) {
                    // It meets once, and never again.
                    own.sum(new double[1]);
                    assertTrue(alarms.await(30, TimeUnit.SECONDS), "nobody has noticed");
                } else {
                    new Heartbeat(own, LIMIT, alarms::countDown);
                    assertTrue(alarms.await(30, TimeUnit.SECONDS), "nobody has noticed");
                }
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        });
        assertTrue(seconds.stream().allMatch(each -> each >= LIMIT.toSeconds()), "too early: " + seconds);
    }

    @Test
    @DisplayName("a limit that is no longer than a period is refused")
    void impossible() {
        assertThrows(IllegalArgumentException.class, () -> new Heartbeat(Alone.REPLICA, Duration.ofSeconds(1), () -> { }));
    }
}
