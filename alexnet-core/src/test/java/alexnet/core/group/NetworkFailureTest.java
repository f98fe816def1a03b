package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What fails leaves nothing behind, and nothing wrong comes after it. */
class NetworkFailureTest {

    private static final Architecture ARCHITECTURE = Architecture.alexnetSmall(4, 1);
    private static final int IMAGES = 2;
    private static final List<Device> DEVICES = Devices.ofRuntime().byDefault();

    private static TwoGroupNetwork.Placement placement(TornadoDevice device, KernelFamily kernels) {
        return new TwoGroupNetwork.Placement(device, kernels);
    }

    private static TwoGroupNetwork.Placement placement(Device device) {
        return placement(device.device(), KernelFamilies.of(device.device()));
    }

    private static Link hostLink() {
        return new HostLink(new HostExchange());
    }

    private static long groupThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("group-")).count();
    }

    /** A family that fails when the last operation of a plan's forward graphs is added, and remembers what arrays it has seen. */
    private static KernelFamily failing(KernelFamily family, List<WeakReference<Object>> seen) {
        return (KernelFamily) Proxy.newProxyInstance(KernelFamily.class.getClassLoader(), new Class<?>[] {KernelFamily.class}, (_, method, arguments) -> {
            for (Object argument : arguments == null ? new Object[0] : arguments) {
                if (argument instanceof FloatArray) {
                    seen.add(new WeakReference<>(argument));
                }
            }
            if (method.getName().equals("softmaxCrossEntropy")) {
                throw new IllegalStateException("planted");
            }
            try {
                return method.invoke(family, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        });
    }

    private static void assumeThatNothingIsKeptByADriver() {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "what a driver keeps of a plan is not this program's");
    }

    @Test
    void aSecondPlanThatCannotBeBuiltLeavesNoThreadAndNoMemory() {
        assumeThatNothingIsKeptByADriver();
        List<WeakReference<Object>> seen = new ArrayList<>();
        long before = groupThreads();
        Device second = DEVICES.getLast();
        List<TwoGroupNetwork.Placement> placements = List.of(placement(DEVICES.getFirst()),
                placement(second.device(), failing(KernelFamilies.of(second.device()), seen)));
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> new TwoGroupNetwork(ARCHITECTURE, IMAGES, placements, hostLink(), Probes.NONE));
        assertEquals("planted", thrown.getMessage());
        assertEquals(before, groupThreads());
        assertTrue(seen.size() > 20, seen.size() + " arrays");
        for (int tries = 0; tries < 20 && seen.stream().anyMatch(array -> array.get() != null); tries++) {
            System.gc();
        }
        seen.forEach(array -> assertNull(array.get()));
    }

    @Test
    void aSecondDeviceThatIsNoneOfTheRuntimeLeavesNoThread() {
        assumeThatNothingIsKeptByADriver();
        long before = groupThreads();
        TornadoDevice strange = (TornadoDevice) Proxy.newProxyInstance(TornadoDevice.class.getClassLoader(), new Class<?>[] {TornadoDevice.class},
                (_, _, _) -> null);
        List<TwoGroupNetwork.Placement> placements = List.of(placement(DEVICES.getFirst()),
                placement(strange, KernelFamilies.of(DEVICES.getLast().device())));
        assertThrows(RuntimeException.class, () -> new TwoGroupNetwork(ARCHITECTURE, IMAGES, placements, hostLink(), Probes.NONE));
        assertEquals(before, groupThreads());
    }

    /** Of the second group's receptions one fails; counts what else is called. */
    private static final class FailingExchange implements Exchange {

        private static final int FAILS_AT = 3;

        private final HostExchange exchange = new HostExchange();
        private final AtomicInteger receptions = new AtomicInteger();
        private final AtomicInteger cleared = new AtomicInteger();

        @Override
        public void send(int from, int to, FloatArray outgoing) {
            exchange.send(from, to, outgoing);
        }

        @Override
        public void await(int part, int from) throws InterruptedException {
            exchange.await(part, from);
        }

        @Override
        public void receive(int part, int from, FloatArray incoming) throws InterruptedException {
            if (part == 1 && receptions.incrementAndGet() == FAILS_AT) {
                throw new IllegalStateException("planted");
            }
            exchange.receive(part, from, incoming);
        }

        @Override
        public void clear() {
            cleared.incrementAndGet();
            exchange.clear();
        }
    }

    @Test
    void afterAFailedStepTheNetworkRefusesToGoOn() {
        FailingExchange exchange = new FailingExchange();
        long before = groupThreads();
        TwoGroupNetwork network = new TwoGroupNetwork(ARCHITECTURE, IMAGES, List.of(placement(DEVICES.getFirst()), placement(DEVICES.getLast())),
                new HostLink(exchange), Probes.NONE);
        try (network) {
            network.initialize(1);
            network.load();
            network.inputs().makeUp(ARCHITECTURE, 1);
            assertEquals("planted", assertThrows(IllegalStateException.class, network::train).getMessage());
            assertEquals(1, exchange.cleared.get());
            for (Runnable next : List.<Runnable>of(network::train, network::evaluate, network::save)) {
                String message = assertThrows(IllegalStateException.class, next::run).getMessage();
                assertTrue(message.startsWith("the network cannot go on after a failure") && message.endsWith("planted"), message);
            }
        }
        network.close();
        // Threads that are shut down end by themselves.
        for (long end = System.nanoTime() + 5_000_000_000L; groupThreads() > before && System.nanoTime() < end;) {
            Thread.onSpinWait();
        }
        assertEquals(before, groupThreads());
    }

    @Test
    void aClearedExchangeDeliversNothingOld() throws InterruptedException {
        HostExchange exchange = new HostExchange();
        FloatArray old = new FloatArray(1);
        old.set(0, 1);
        exchange.send(0, 1, old);
        exchange.await(1, 0);
        exchange.send(0, 1, old);
        exchange.clear();
        FloatArray fresh = new FloatArray(1);
        fresh.set(0, 2);
        exchange.send(0, 1, fresh);
        FloatArray incoming = new FloatArray(1);
        exchange.receive(1, 0, incoming);
        assertEquals(2, incoming.get(0));
    }
}
