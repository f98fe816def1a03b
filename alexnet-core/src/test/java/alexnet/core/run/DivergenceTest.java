package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.device.Devices;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.training.DivergedException;
import alexnet.core.training.Options;
import alexnet.core.training.TrainingOptions;
import alexnet.kernels.KernelFamilies;

class DivergenceTest {

    @TempDir
    private Path folder;

    private void write(Path file, String tensor, float value) throws IOException {
        Architecture architecture = Architecture.alexnetSmall(2, 1);
        TrainingOptions options = Options.of("{}");
        DatasetStatistics statistics = new DatasetStatistics(1, new StoredSize(28, 28), 1, new float[28 * 28], new float[1], new float[1]);
        try (TwoGroupNetwork network = new TwoGroupNetwork(architecture, 1, Devices.ofRuntime().byDefault().stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList())) {
            network.initialize(1);
            ParameterTensor destroyed = network.tensors().stream().filter(each -> each.name().equals(tensor)).findFirst().orElseThrow();
            destroyed.parts().getLast().set(destroyed.parts().getLast().getSize() - 1, value);
            network.load();
            new Snapshot(new Model(architecture, List.of("a", "b"), Resize.COVER, statistics), options, new RunState(2, 1, 2, 0, 2, List.of(), 0))
                    .write(file, network.tensors(), new byte[0]);
        }
    }

    /** The losses of such a network may still be numbers. */
    @Test
    void aNetworkThatIsNotFiniteReplacesNoCheckpoint() throws IOException {
        Path file = Files.writeString(folder.resolve("last.safetensors"), "good");
        assertEquals("step 2: tensor momentum.fc7.bias of the network holds values that are not finite",
                assertThrows(DivergedException.class, () -> write(file, "momentum.fc7.bias", Float.POSITIVE_INFINITY)).getMessage());
        assertEquals("step 2: tensor conv4.weight of the network holds values that are not finite",
                assertThrows(DivergedException.class, () -> write(file, "conv4.weight", Float.NaN)).getMessage());
        assertEquals("good", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }
}
