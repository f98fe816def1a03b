package alexnet.runner;

import java.nio.file.Path;

import alexnet.core.model.OpenModel;
import picocli.CommandLine.Option;

/** The trained network that a command uses. */
final class ModelOption {

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "A checkpoint that train has written, or a model that import has made.")
    private Path file;

    /** Its file. */
    Path file() {
        return file;
    }

    /**
     * Opens it.
     *
     * @throws alexnet.core.checkpoint.CheckpointException if it cannot be used
     */
    OpenModel open() {
        return OpenModel.open(file);
    }
}
