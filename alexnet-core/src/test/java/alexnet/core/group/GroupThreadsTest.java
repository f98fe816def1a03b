package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupThreadsTest {

    private final GroupThreads threads = new GroupThreads(2);

    @AfterEach
    void end() {
        threads.close();
    }

    @Test
    void aFailureInterruptsTheOtherGroupAndIsThrownWhenThatHasEnded() {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> threads.together(group -> {
            if (group == 1) {
                started.await();
                throw new IllegalStateException("planted");
            }
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                // Takes its time, as a kernel does that cannot be interrupted.
                long end = System.nanoTime() + 50_000_000;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                ended.set(true);
            }
        }));
        assertEquals("planted", thrown.getMessage());
        assertTrue(ended.get());
    }

    @Test
    void anInterruptedCallerLeavesNobodyBehind() {
        Set<Integer> waiting = ConcurrentHashMap.newKeySet();
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> threads.together(group -> {
            waiting.add(group);
            try {
                new CountDownLatch(1).await();
            } finally {
                waiting.remove(group);
            }
        }));
        assertTrue(Thread.interrupted());
        assertEquals(Set.of(), waiting);
    }

    @Test
    void eachGroupIsServedWhateverBecomesOfOthers() {
        Set<Integer> served = ConcurrentHashMap.newKeySet();
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> threads.each(group -> {
            served.add(group);
            throw new IllegalStateException("planted in group " + group);
        }));
        assertEquals(Set.of(0, 1), served);
        assertEquals("planted in group 0", thrown.getMessage());
        assertArrayEquals(new String[] {"planted in group 1"},
                Arrays.stream(thrown.getSuppressed()).map(Throwable::getMessage).toArray());
    }

    @Test
    void anInterruptEndsNoServiceOfAGroup() {
        Set<Integer> served = ConcurrentHashMap.newKeySet();
        Thread.currentThread().interrupt();
        threads.each(served::add);
        assertTrue(Thread.interrupted());
        assertEquals(Set.of(0, 1), served);
    }
}
