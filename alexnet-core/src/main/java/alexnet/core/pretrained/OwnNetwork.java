package alexnet.core.pretrained;

import java.nio.file.Path;
import java.util.List;

import alexnet.core.group.ParameterTensor;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.model.OpenModel;

/** A network that this program has trained or imported. */
record OwnNetwork(OpenModel open) implements Pretrained {

    static OwnNetwork open(Path file) {
        return new OwnNetwork(OpenModel.open(file));
    }

    @Override
    public Path file() {
        return open.reader().file();
    }

    @Override
    public String what() {
        return model().architecture().name() + " of " + model().classNames().size() + " classes";
    }

    @Override
    public Model model() {
        return open.model();
    }

    @Override
    public void read(List<ParameterTensor> tensors) {
        ModelFile.readTensors(open.reader(), tensors);
    }

    @Override
    public void close() {
        open.close();
    }
}
