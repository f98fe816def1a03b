package alexnet.core.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.ModelFile;
import alexnet.core.model.OpenModel;

/**
 * A checkpoint's file that training is to go on from.
 *
 * @param open    its model
 * @param content everything but the tensors
 */
public record OpenSnapshot(OpenModel open, Snapshot content) implements AutoCloseable {

    /**
     * Opens a file and makes sure that it is as it was written and its weights and momenta are numbers.
     *
     * @throws CheckpointException if it cannot be used, or has a model alone
     */
    public static OpenSnapshot open(Path file) {
        SafetensorsReader reader = SafetensorsReader.open(file);
        try {
            Snapshot content = Snapshot.read(reader);
            reader.verify();
            return new OpenSnapshot(new OpenModel(reader, content.model()), content);
        } catch (RuntimeException | Error unfit) {
            reader.close();
            throw unfit;
        }
    }

    /** Its file. */
    public Path file() {
        return open.reader().file();
    }

    /** Where a run begins that goes on from here. */
    public RunStart start() {
        return new RunStart(file(), content.state());
    }

    /**
     * Loads a network of the same architecture with the weights, the optimizer's states and what is done to its images. States start at zero of layers
     * that have not learnt so far.
     *
     * @throws CheckpointException if they cannot be read
     */
    public void load(TwoGroupNetwork network) {
        Map<Boolean, List<ParameterTensor>> states = network.states().stream()
                .collect(Collectors.partitioningBy(tensor -> open.reader().tensors().containsKey(tensor.name())));
        ModelFile.readTensors(open.reader(), states.get(true));
        states.get(false).forEach(tensor -> tensor.parts().forEach(part -> part.init(0)));
        open.load(network);
    }

    @Override
    public void close() {
        open.close();
    }
}
