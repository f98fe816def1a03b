package alexnet.core.data.feed;

import alexnet.core.data.DataException;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Progress;
import alexnet.core.data.StoredImages;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.replica.Share;
import alexnet.core.data.TestImages;
import alexnet.core.data.decode.ImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class BatchLoaderTest {

    private static final StoredSize SIZE = new StoredSize(3, 2);

    private static StoredImages images(int count) {
        return CheckedImages.load(new TestImages.InMemory(count, 3, 4, Set.of()), Preprocessing.covering(SIZE), new Decoding(1, 1 << 20, Progress.NONE));
    }

    private static void assertHolds(StoredImages images, Batch batch, int[] expected) {
        assertArrayEquals(expected, batch.samples());
        byte[] pixels = batch.pixels().toHeapArray();
        byte[] image = new byte[images.imageLength()];
        for (int place = 0; place < expected.length; place++) {
            if (expected[place] < 0) {
                Arrays.fill(image, (byte) 0);
                assertEquals(-1, batch.labels().get(place));
            } else {
                images.read(expected[place], MemorySegment.ofArray(image));
                assertEquals(images.label(expected[place]), batch.labels().get(place));
            }
            assertEquals(-1, MemorySegment.ofArray(image).mismatch(
                    MemorySegment.ofArray(pixels).asSlice((long) place * image.length, image.length)));
        }
    }

    @Test
    void batchesFollowTheOrderAndTheLastOneIsFilledUp() {
        StoredImages images = images(5);
        try (var loader = new BatchLoader(images, 2, 3)) {
            loader.begin(new int[] {4, 0, 3, 2, 1});

            assertEquals(3, loader.batches());
            assertHolds(images, loader.next(), new int[] {4, 0});
            Batch second = loader.next();
            assertEquals(2, second.count());
            assertHolds(images, second, new int[] {3, 2});
            assertTrue(loader.hasNext());
            Batch last = loader.next();
            assertEquals(1, last.count());
            assertHolds(images, last, new int[] {1, -1});
            assertFalse(loader.hasNext());
            assertThrows(NoSuchElementException.class, loader::next);
        }
    }

    @Test
    void anEpochGoesOnWithTheVeryNextImage() {
        StoredImages images = images(5);
        int[] order = {4, 0, 3, 2, 1};
        try (var loader = new BatchLoader(images, 2, 3)) {
            loader.begin(order, 1, 5);
            assertHolds(images, loader.next(), new int[] {0, 3});
            assertHolds(images, loader.next(), new int[] {2, 1});
            assertFalse(loader.hasNext());
            loader.begin(order, 5, 5);
            assertFalse(loader.hasNext());
            loader.begin(order, 1, 4);
            assertHolds(images, loader.next(), new int[] {0, 3});
            Batch last = loader.next();
            assertEquals(1, last.count());
            assertHolds(images, last, new int[] {2, -1});
            assertThrows(IndexOutOfBoundsException.class, () -> loader.begin(order, 6, 6));
            assertThrows(IndexOutOfBoundsException.class, () -> loader.begin(order, -1, 5));
        }
    }

    /** Every rank takes part in every batch, also where it has none of its images. */
    @Test
    void ranksReadTheirSharesOfEveryBatchWhereverTheEpochBegins() {
        StoredImages images = images(11);
        int[] order = {4, 0, 3, 2, 1, 10, 9, 8, 7, 6, 5};
        for (int size = 1; size <= 4; size++) {
            for (int from : new int[] {0, 3, 6}) {
                for (int rank = 0; rank < size; rank++) {
                    Share share = new Share(rank, size, 5);
                    try (var loader = new BatchLoader(images, share, 2)) {
                        loader.begin(order, from, 11);
                        for (int begin = from; begin < 11; begin += 5) {
                            int whole = Math.min(5, 11 - begin);
                            int first = begin + share.begin(whole);
                            int count = share.count(whole);
                            Batch batch = loader.next();
                            assertEquals(whole, batch.images());
                            assertEquals(count, batch.count());
                            assertHolds(images, batch, IntStream.range(0, share.slots()).map(place -> place < count ? order[first + place] : -1).toArray());
                        }
                        assertFalse(loader.hasNext());
                    }
                }
            }
        }
    }

    @Test
    void buffersAreUsedAgainFromEpochToEpochAndNothingIsLeftOfOlderBatches() {
        StoredImages images = images(7);
        Set<Batch> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
        var random = new Random(1);
        try (var loader = new BatchLoader(images, 3, 4)) {
            for (int epoch = 0; epoch < 200; epoch++) {
                int[] order = random.ints(random.nextInt(25), 0, 7).toArray();
                // Some epochs are abandoned half-way.
                int stop = random.nextInt(12);
                loader.begin(order);
                for (int i = 0; loader.hasNext() && i < stop; i++) {
                    Batch batch = loader.next();
                    buffers.add(batch);
                    int start = 3 * i;
                    assertHolds(images, batch, IntStream.range(start, start + 3).map(at -> at < order.length ? order[at] : -1).toArray());
                }
            }
        }
        assertEquals(3, buffers.size());
    }

    @Test
    void aBatchInUseIsLeftAlone() {
        StoredImages inMemory = images(40);
        var source = new Watched(new TestImages.InMemory(40, 3, 4, Set.of()));
        StoredImages images = CheckedImages.load(source, Preprocessing.covering(SIZE), new Decoding(1, 0, Progress.NONE));
        source.reads.set(0);
        try (var loader = new BatchLoader(images, 2, 1)) {
            loader.begin(IntStream.range(0, 40).toArray());
            Batch first = loader.next();
            source.awaitIdle(6);

            assertEquals(6, source.reads.get(), "the batch in use and two more are all that there is room for");
            assertHolds(inMemory, first, new int[] {0, 1});
            loader.next();
            source.awaitIdle(8);
            assertEquals(8, source.reads.get());
        }
    }

    @Test
    void anEmptyOrderHasNoBatches() {
        try (var loader = new BatchLoader(images(2), 2, 1)) {
            assertFalse(loader.hasNext());
            loader.begin(new int[0]);
            assertFalse(loader.hasNext());
        }
    }

    @Test
    void aFailureOfADecoderComesOutOfNextAndTheNextEpochStartsAfresh() {
        var broken = new AtomicBoolean();
        StoredImages images = CheckedImages.load(new Failing(broken, new CountDownLatch(0)), Preprocessing.covering(SIZE), new Decoding(1, 0, Progress.NONE));
        try (var loader = new BatchLoader(images, 2, 2)) {
            broken.set(true);
            loader.begin(new int[] {0, 1, 2, 3});
            assertTrue(assertThrows(DataException.class, () -> {
                loader.next();
                loader.next();
            }).getMessage().startsWith("image 3 can no longer be read (broken)"));

            broken.set(false);
            loader.begin(new int[] {2, 3});
            assertHolds(images, loader.next(), new int[] {2, 3});
        }
    }

    @Test
    void waitingForImagesCanBeInterrupted() {
        var gate = new CountDownLatch(1);
        var slow = new AtomicBoolean();
        StoredImages images = CheckedImages.load(new Failing(slow, gate), Preprocessing.covering(SIZE), new Decoding(1, 0, Progress.NONE));
        try (var loader = new BatchLoader(images, 4, 1)) {
            slow.set(true);
            loader.begin(new int[] {0, 1, 2, 3});
            Thread.currentThread().interrupt();
            assertThrows(DataException.class, loader::next);
            assertTrue(Thread.interrupted());
            gate.countDown();
        }
    }

    @Test
    void aClosedLoaderAndImpossibleArgumentsAreRefused() {
        StoredImages images = images(2);
        var loader = new BatchLoader(images, 2, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> loader.begin(new int[] {2}));
        loader.close();
        assertThrows(IllegalStateException.class, () -> loader.begin(new int[] {0}));
        assertThrows(IllegalArgumentException.class, () -> new BatchLoader(images, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new BatchLoader(images, 1, 0));
    }

    /** Counts what is read, and knows the thread that read last. */
    private static final class Watched extends TestImages.Changed {

        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicReference<Thread> reader = new AtomicReference<>();

        Watched(ImageSource source) {
            super(source);
        }

        /** Waits until so many images have been read, and then until the only thread that reads has nothing left to do. */
        void awaitIdle(int count) {
            while (reads.get() < count || reader.get().getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
            reader.set(Thread.currentThread());
            super.read(index, preprocessing, pixels);
            reads.incrementAndGet();
        }
    }

    /** Four images, of which the last waits at a gate and then fails while a switch is on. */
    private static final class Failing extends TestImages.Changed {

        private final AtomicBoolean on;
        private final CountDownLatch gate;

        Failing(AtomicBoolean on, CountDownLatch gate) {
            super(new TestImages.InMemory(4, 1, 1, Set.of()));
            this.on = on;
            this.gate = gate;
        }

        @Override
        public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
            if (on.get() && index == 3) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                throw new ImageException("broken");
            }
            super.read(index, preprocessing, pixels);
        }
    }
}
