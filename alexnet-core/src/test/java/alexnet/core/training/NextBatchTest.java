package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Progress;
import alexnet.core.data.StoredImages;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;
import alexnet.core.data.feed.Batch;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.data.feed.CheckedImages;
import alexnet.core.data.feed.Decoding;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.kernels.KernelFamilies;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

@Timeout(60)
class NextBatchTest {

    private static final int BATCH = 4;

    private final Architecture architecture = Architecture.alexnetSmall(2, 3);
    private final TestImages.InMemory source = new TestImages.InMemory(11, 3, 2, Set.of());
    private final StoredImages images = stored(source, 1 << 20);

    private StoredImages stored(ImageSource source, long cacheBytes) {
        return CheckedImages.load(source, Preprocessing.covering(new StoredSize(architecture.storedSize(), architecture.storedSize())),
                new Decoding(1, cacheBytes, Progress.NONE));
    }

    private TwoGroupNetwork network() {
        return new TwoGroupNetwork(architecture, BATCH, Devices.ofRuntime().byDefault().stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList());
    }

    private byte[] pixels(int index) {
        byte[] pixels = new byte[images.imageLength()];
        images.read(index, MemorySegment.ofArray(pixels));
        return pixels;
    }

    private static void awaitReady(BatchLoader loader) {
        while (!loader.isReady()) {
            Thread.onSpinWait();
        }
    }

    /** Also where something else was shown in between, as by a measurement, and where nothing was copied before its turn. */
    @Test
    void theImagesThatAreThereAreThoseOfTheBatch() {
        try (TwoGroupNetwork network = network(); BatchLoader loader = new BatchLoader(images, BATCH, 2); NextBatch ahead = new NextBatch(loader, network.inputs())) {
            for (int epoch = 0; epoch < 2; epoch++) {
                loader.begin(IntStream.range(0, 11).toArray());
                for (int first = 0; first < 11; first += BATCH) {
                    assertTrue(ahead.hasNext());
                    Batch batch = ahead.next();
                    assertEquals(first, batch.samples()[0]);
                    byte[] shown = Arrays.copyOf(network.inputs().pixels.toHeapArray(), images.imageLength());
                    assertArrayEquals(pixels(first), shown);
                    if (epoch == 0 && first + BATCH < 11) {
                        awaitReady(loader);
                        long before = network.inputs().fillings();
                        ahead.begin();
                        ahead.settle();
                        assertEquals(before + 1, network.inputs().fillings());
                    }
                    if (first == 0) {
                        network.inputs().setPixels(new ByteArray(BATCH * images.imageLength()));
                    }
                }
                assertFalse(ahead.hasNext());
            }
        }
    }

    @Test
    void whatWasCopiedIsForgottenWithItsEpoch() {
        try (TwoGroupNetwork network = network(); BatchLoader loader = new BatchLoader(images, BATCH, 1); NextBatch ahead = new NextBatch(loader, network.inputs())) {
            loader.begin(new int[] {1, 2, 3, 4});
            awaitReady(loader);
            ahead.begin();
            ahead.settle();
            ahead.abandon();
            assertFalse(ahead.hasNext());
            loader.begin(new int[] {9});
            assertEquals(9, ahead.next().samples()[0]);
        }
    }

    @Test
    void anImageThatCannotBeReadIsToldWhenItIsMet() {
        IllegalStateException lost = new IllegalStateException("gone");
        AtomicBoolean gone = new AtomicBoolean();
        StoredImages failing = stored(new TestImages.Changed(source) {
            @Override
            public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
                if (gone.get()) {
                    throw lost;
                }
                super.read(index, preprocessing, pixels);
            }
        }, 0);
        gone.set(true);
        try (TwoGroupNetwork network = network(); BatchLoader loader = new BatchLoader(failing, BATCH, 1); NextBatch ahead = new NextBatch(loader, network.inputs())) {
            loader.begin(new int[] {0});
            awaitReady(loader);
            ahead.begin();
            assertEquals(lost, assertThrows(IllegalStateException.class, ahead::settle));
        }
    }
}
