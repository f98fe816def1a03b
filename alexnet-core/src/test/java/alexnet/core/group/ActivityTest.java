package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import alexnet.core.device.Compilers;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.kernels.KernelFamilies;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What groups say that they are doing, while one of them hangs. */
class ActivityTest {

    /** The second group hangs when it hands over. */
    private static final class HangingExchange implements Exchange {

        private final HostExchange exchange = new HostExchange();
        private final CountDownLatch hangs = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void send(int from, int to, FloatArray outgoing) {
            if (from == 1) {
                hangs.countDown();
                try {
                    released.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.send(from, to, outgoing);
        }

        @Override
        public void await(int part, int from) throws InterruptedException {
            exchange.await(part, from);
        }

        @Override
        public void receive(int part, int from, FloatArray incoming) throws InterruptedException {
            exchange.receive(part, from, incoming);
        }

        @Override
        public void clear() {
            exchange.clear();
        }
    }

    @Test
    void theGroupThatHangsAndTheOneThatWaitsAreTold() throws InterruptedException {
        Compilers.assumeQuick();
        Architecture architecture = Architecture.alexnetSmall(4, 1);
        HangingExchange exchange = new HangingExchange();
        List<Device> devices = Devices.ofRuntime().byDefault();
        List<TwoGroupNetwork.Placement> placements = List.of(devices.getFirst(), devices.getLast()).stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
        try (TwoGroupNetwork network = new TwoGroupNetwork(architecture, 2, placements, new HostLink(exchange), Probes.NONE)) {
            network.initialize(1);
            network.load();
            assertTrue(network.activities().stream().noneMatch(Activity::busy), network.activities()::toString);
            network.inputs().makeUp(architecture, 1);
            Thread step = Thread.ofPlatform().start(network::train);
            exchange.hangs.await();
            Activity waiting = network.activities().getFirst();
            while (!waiting.what().contains("waiting")) {
                Thread.onSpinWait();
                waiting = network.activities().getFirst();
            }
            assertEquals("forward, waiting for another part's share of pool2", waiting.what());
            assertTrue(waiting.where().startsWith("group 0 on "), waiting.where());
            Activity hanging = network.activities().getLast();
            assertEquals("forward, handing over pool2", hanging.what());
            assertTrue(hanging.busy() && hanging.where().startsWith("group 1 on "), hanging.where());
            exchange.released.countDown();
            step.join();
            assertFalse(network.activities().stream().anyMatch(Activity::busy), network.activities()::toString);
        }
    }
}
