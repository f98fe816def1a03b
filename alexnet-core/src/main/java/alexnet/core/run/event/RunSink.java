package alexnet.core.run.event;

import java.io.IOException;

/**
 * Who wants to know how a run goes on. Called by the thread that trains, one event after the other, so what takes long belongs
 * into a thread of the sink's own.
 */
public interface RunSink extends AutoCloseable {

    /** @throws IOException if what is told cannot be written: it ends the run */
    void on(RunEvent event) throws IOException;

    /** Nothing more comes; after a failure, too. */
    @Override
    default void close() throws IOException {
    }
}
