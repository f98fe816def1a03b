package alexnet.core.weights.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.Names;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsTensor;

/** Makes sure that the tensors of a file are the parameters of an architecture, every one and no other. */
record Fitting(WeightsFile file, NetworkKind kind, NamedTensors named) {

    /** @throws CheckpointException naming the first tensor that is missing, of another shape, or one too many */
    ImportedNetwork fit(ImportOptions options) {
        List<String> notes = new ArrayList<>();
        Model model = kind.model(file, named, options, notes);
        Map<String, WeightsTensor> tensors = new LinkedHashMap<>();
        shapes(model.architecture()).forEach((name, shape) -> tensors.put(name, kind.converted(name, fitting(name, shape))));
        named.others().values().stream().findFirst().ifPresent(other -> {
            throw unfit("one tensor too many: " + other.name() + " " + other.shape());
        });
        if (!named.leftOut().isEmpty()) {
            notes.add("left out, as no part of the network: " + Names.some(named.leftOut()));
        }
        return new ImportedNetwork(file, kind.name(), model, tensors, notes);
    }

    /** What our network's parameters are, by their names. */
    static Map<String, List<Integer>> shapes(Architecture architecture) {
        return GroupShapes.whole(architecture, 1).parameters();
    }

    private WeightsTensor fitting(String name, List<Integer> shape) {
        WeightsTensor tensor = named.parameters().get(name);
        if (tensor == null) {
            throw unfit("without " + kind.theirs(name) + " " + shape);
        }
        // Old files of Caffe have four dimensions always.
        List<Integer> dimensions = tensor.shape();
        int extra = dimensions.size() - shape.size();
        if (extra > 0 && dimensions.subList(0, extra).stream().allMatch(size -> size == 1)) {
            dimensions = dimensions.subList(extra, dimensions.size());
        }
        if (!dimensions.equals(shape)) {
            throw unfit("its " + tensor.name() + " is " + tensor.shape() + ", not " + shape);
        }
        return new RenamedTensor(tensor, name, shape);
    }

    private CheckpointException unfit(String why) {
        return new CheckpointException(file.file() + " (" + file.format() + ") has " + kind.name() + ", it seems, but " + why);
    }
}
