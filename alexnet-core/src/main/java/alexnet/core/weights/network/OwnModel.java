package alexnet.core.weights.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.model.OpenModel;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsTensor;

/** A model or a checkpoint of this program. */
final class OwnModel implements NetworkKind {

    @Override
    public String name() {
        return "a model of this program";
    }

    @Override
    public boolean isSaidBy(WeightsFile file) {
        return ModelFile.isOne(file.metadata());
    }

    @Override
    public NamedTensors tensors(WeightsFile file) {
        if (!isSaidBy(file)) {
            return NamedTensors.NONE;
        }
        Map<String, WeightsTensor> parameters = new LinkedHashMap<>(file.tensors());
        return new NamedTensors(parameters, Map.of(), List.of());
    }

    @Override
    public Model model(WeightsFile file, NamedTensors tensors, ImportOptions options, List<String> notes) {
        try (OpenModel open = OpenModel.open(file.file())) {
            Model model = open.model();
            options.requireNoMean(file, name());
            options.requireArchitecture(file, model.architecture().name());
            return new Model(model.architecture(), options.resize().orElse(model.resize()), model.statistics(), model.deviation(),
                    options.classNames(file, model.classNames().size()).orElse(model.classNames()));
        }
    }
}
