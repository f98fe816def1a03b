package alexnet.runner;

import java.util.ArrayList;
import java.util.stream.Stream;

import alexnet.bench.Engine;
import alexnet.core.data.catalog.Datasets;
import alexnet.core.network.Architectures;

/** Values of options that are no enumerations, for shells that complete them. */
final class Candidates {

    private Candidates() {
    }

    /** Data sets that are known by name. */
    static final class DataSets extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        DataSets() {
            super(Datasets.NAMES);
        }
    }

    /** Engines to compare with. */
    static final class Peers extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Peers() {
            super(Stream.of(Engine.values()).filter(engine -> engine != Engine.ALEXNET && engine != Engine.PYTHON_TORCH_TF32).map(Engine::label).toList());
        }
    }

    /** Architectures. */
    static final class Networks extends ArrayList<String> {

        private static final long serialVersionUID = 1L;

        Networks() {
            super(Architectures.NAMES);
        }
    }
}
