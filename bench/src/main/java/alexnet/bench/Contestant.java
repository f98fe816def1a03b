package alexnet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A network that is ready to compute, on a made-up batch that it has. */
public interface Contestant extends AutoCloseable {

    /** Who it is. */
    Identity identity();

    /** Computes one batch; all of it is done when this returns. */
    void run(Pass pass);

    /**
     * What the network makes of its batch in testing.
     *
     * @return {@code [images][classes]}: the logits, or the logarithms of the probabilities, which differ by a constant an image
     */
    float[] logits();

    /**
     * Writes the weights and the batch to a file, see {@link SharedNetwork}; only for this program's network.
     *
     * @throws IOException if it cannot be written
     */
    default void share(Path file) throws IOException {
        throw new UnsupportedOperationException(identity().engine() + " gets its weights from this program");
    }

    /** Leaves the network and its memory, and measures what a step is made of; only for contestants that know. */
    default Optional<Anatomy> anatomy() {
        return Optional.empty();
    }

    /** Measures parts. */
    interface Anatomy extends AutoCloseable {

        /** What the devices can do at best, measured now. */
        Limits limits();

        /** One training step, part by part. */
        StepParts step();

        @Override
        void close();
    }

    @Override
    void close();
}
