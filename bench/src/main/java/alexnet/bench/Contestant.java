package alexnet.bench;

import java.util.Optional;

/** A network that is ready to compute, on a made-up batch that it has. */
public interface Contestant extends AutoCloseable {

    /** Who it is. */
    Identity identity();

    /** Computes one batch; all of it is done when this returns. */
    void run(Pass pass);

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
