package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.device.Device;
import alexnet.core.device.DeviceException;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.network.LayerTraining;
import alexnet.core.replica.Replication;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;

class MemoryTest {

    /** Enough to fill the widest vectors, so that both are computed alike and what threads keep for a tile or a block is the same. */
    private static final int FEW = 16;
    private static final int MANY = 64;
    /** Of so many the serial collector makes one in which it leaves no dead array where it is. */
    private static final int COLLECTIONS = 4;
    private static final Function<Device, KernelFamily> KERNELS = device -> KernelFamilies.of(device.device());

    private static final List<Replication> ALONE = List.of(Replication.NONE);

    private final List<Device> placed = Devices.ofRuntime().byDefault();

    private Memory.Needs needs(int images, List<Replication> networks, int batches) {
        return Memory.needs(Architectures.named("alexnet-small", 10, 3), LayerTraining.ALIKE, images, placed, networks, KERNELS, batches);
    }

    /** Bytes of Java's heap in use when a network of so many images has trained. */
    private long measured(Architecture architecture, int images) {
        List<Placement> placements = placed.stream().map(device -> new Placement(device.device(), KernelFamilies.of(device.device()))).toList();
        try (TwoGroupNetwork network = new TwoGroupNetwork(architecture, images, placements)) {
            network.initialize(1);
            network.load();
            network.train();
            network.save();
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
            }
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    void aBatchTakesWhatIsToldOfIt() {
        assumeFalse(Devices.onTornado(), "its arrays are not in the heap");
        Architecture architecture = Architectures.named("alexnet-small", 10, 3);
        long few = measured(architecture, FEW);
        long told = needs(MANY, ALONE, 0).heap() - needs(FEW, ALONE, 0).heap();
        assertEquals(1, (double) (measured(architecture, MANY) - few) / told, 0.1, told + " bytes were told");
    }

    @Test
    void batchesReadAheadAreCounted() {
        Architecture architecture = Architectures.named("alexnet-small", 10, 3);
        Memory.Needs none = needs(FEW, ALONE, 0);
        Memory.Needs three = needs(FEW, ALONE, 3);
        assertEquals(3L * FEW * 3 * architecture.storedSize() * architecture.storedSize(), three.heap() + three.direct() - none.heap() - none.direct());
    }

    /** What the program itself takes is there once. */
    @Test
    void twoNetworksTakeTwiceWhatOneDoes() {
        List<Replication> two = List.of(Replication.NONE, Replication.NONE);
        assertEquals(2 * (total(needs(MANY, ALONE, 0)) - total(needs(FEW, ALONE, 0))), total(needs(MANY, two, 0)) - total(needs(FEW, two, 0)));
        assertTrue(total(needs(FEW, two, 0)) < 2 * total(needs(FEW, ALONE, 0)));
    }

    private static long total(Memory.Needs needs) {
        return needs.heap() + needs.direct() + needs.devices().values().stream().mapToLong(bytes -> bytes).sum();
    }

    @Test
    void moreDevicesThanClassesAreTold() {
        Architecture few = Architectures.named("alexnet-small", 3, 3);
        List<Device> four = Collections.nCopies(4, placed.getFirst());
        assertEquals("alexnet-small, layer fc8: 3 maps or units cannot be shared by 4 parts: name fewer --devices",
                assertThrows(DeviceException.class, () -> Memory.require(few, LayerTraining.ALIKE, FEW, four, ALONE, KERNELS, 0)).getMessage());
    }

    @Test
    void withTheMemoryThatTheMessageAsksForTrainingRuns(@TempDir Path folder) throws IOException, InterruptedException {
        assumeFalse(Devices.onTornado(), "its arrays are not in the heap");
        TrainingTest.noise(folder.resolve("images/bright"), 160);
        TrainingTest.noise(folder.resolve("images/dark"), 0);
        List<String> arguments = List.of("train", "--data", folder.resolve("images").toString(), "--architecture", "alexnet-small", "--epochs", "1",
                "--batch-size", String.valueOf(MANY), "--output", folder.resolve("run").toString());
        Child.Result refused = Child.run("\"$@\"", List.of("-Xmx200m"), arguments);
        assertEquals(ExitCode.MEMORY.code(), refused.code(), refused.err());
        Matcher remedy = Pattern.compile("alexnet: too little memory: alexnet-small at batch size 64 needs \\d+ MiB of memory, Java may use \\d+ MiB: .*"
                + "ALEXNET_JAVA_OPTS=(-Xmx\\d+m) ").matcher(refused.err());
        assertTrue(remedy.find(), refused.err());
        Child.Result trained = Child.run("\"$@\"", List.of(remedy.group(1)), arguments);
        assertEquals(0, trained.code(), trained.err());
    }
}
