package alexnet.core.run.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All who are told of a run, in the order in which they were added, as one. */
public final class Sinks implements RunSink {

    private final List<RunSink> sinks;

    /** @param first are told first; closed with this */
    public Sinks(List<RunSink> first) {
        sinks = new ArrayList<>(first);
    }

    /** Adds one, which is closed with this. */
    public void add(RunSink sink) {
        sinks.add(sink);
    }

    @Override
    public void on(RunEvent event) throws IOException {
        for (RunSink sink : sinks) {
            sink.on(event);
        }
    }

    /** Closes all of them, the last one first, also where one of them fails. */
    @Override
    public void close() throws IOException {
        Exception failure = null;
        for (RunSink sink : sinks.reversed()) {
            try {
                sink.close();
            } catch (IOException | RuntimeException another) {
                if (failure == null) {
                    failure = another;
                } else {
                    failure.addSuppressed(another);
                }
            }
        }
        switch (failure) {
            case null -> { }
            case IOException exception -> throw exception;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(failure);
        }
    }
}
