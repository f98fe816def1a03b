package alexnet.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import alexnet.bench.Agreement;
import alexnet.bench.Contestant;
import alexnet.bench.Engine;
import alexnet.bench.NetworkContestant;
import alexnet.bench.Pass;
import alexnet.bench.Peer;
import alexnet.bench.SharedNetwork;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.core.network.Architecture;
import alexnet.core.network.Layer;
import alexnet.core.network.LayerTraining;
import alexnet.kernels.KernelFamilies;

@EnabledIf(value = "alexnet.peers.PeerServicesTest#haveLibraries", disabledReason = "the engines' native libraries are not there; -Ppeers brings them")
class PeersTest {

    private static final Architecture ARCHITECTURE = Architecture.alexnetSmall(10, 3);
    private static final int IMAGES = 4;

    @TempDir
    private Path folder;

    /** Our logits, and the file for the peers. */
    private float[] share(Path file) throws IOException {
        List<Device> devices = Devices.ofRuntime().byDefault();
        List<Placement> placements = devices.stream().map(device -> new Placement(device.device(), KernelFamilies.of(device.device()))).toList();
        try (NetworkContestant ours = new NetworkContestant(ARCHITECTURE, LayerTraining.ALIKE, IMAGES, devices, placements, "1")) {
            ours.share(file);
            return ours.logits();
        }
    }

    private static Architecture withTwiceTheAlpha() {
        List<Layer> layers = ARCHITECTURE.layers().stream().map(layer -> layer instanceof Layer.Normalization n
                ? new Layer.Normalization(n.name(), n.size(), 2 * n.alpha(), n.beta(), n.k(), n.sees()) : layer).toList();
        return new Architecture(ARCHITECTURE.name(), ARCHITECTURE.channels(), ARCHITECTURE.storedSize(), ARCHITECTURE.inputSize(), layers);
    }

    @Test
    void everyEngineButOursComputesTheSameNetworkAndDoesWhatItSays() throws IOException {
        Path file = folder.resolve("network.safetensors");
        float[] ours = share(file);
        Set<Engine> engines = ServiceLoader.load(Peer.class).stream().map(peer -> peer.get().engine()).collect(Collectors.toSet());
        assertEquals(EnumSet.complementOf(EnumSet.of(Engine.ALEXNET, Engine.PYTHON_TORCH, Engine.PYTHON_TORCH_TF32)), engines);
        for (Peer peer : ServiceLoader.load(Peer.class)) {
            try (SharedNetwork shared = SharedNetwork.open(file, ARCHITECTURE); Contestant contestant = peer.open(shared, 1)) {
                assertEquals(peer.engine().label(), contestant.identity().engine());
                assertTrue(contestant.identity().version().matches(".*\\d+\\.\\d+.*"), contestant.identity().version());
                Agreement agreement = Agreement.of(ARCHITECTURE, ours, contestant.logits(), Engine.PYTORCH);
                assertTrue(agreement.holds(), peer.engine() + ": " + agreement);
                for (Pass pass : Pass.values()) {
                    if (peer.engine().does(pass)) {
                        contestant.run(pass);
                        contestant.run(pass);
                    }
                }
            }
        }
    }

    @Test
    void anotherNetworkIsTold() throws IOException {
        Path file = folder.resolve("network.safetensors");
        float[] ours = share(file);
        for (Peer peer : ServiceLoader.load(Peer.class)) {
            try (SharedNetwork shared = SharedNetwork.open(file, withTwiceTheAlpha()); Contestant contestant = peer.open(shared, 1)) {
                Agreement agreement = Agreement.of(ARCHITECTURE, ours, contestant.logits(), Engine.PYTORCH);
                assertFalse(agreement.holds(), peer.engine() + ": " + agreement);
            }
        }
    }
}
