package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;
import alexnet.core.run.event.Sinks;

class SinksTest {

    private final List<String> closed = new ArrayList<>();

    private RunSink sink(String name, Exception failure) {
        return new RunSink() {
            @Override
            public void on(RunEvent event) {
            }

            @Override
            public void close() throws IOException {
                closed.add(name);
                switch (failure) {
                    case IOException exception -> throw exception;
                    case RuntimeException exception -> throw exception;
                    case null, default -> { }
                }
            }
        };
    }

    @Test
    void allAreClosedWhateverFails() {
        IOException io = new IOException("no space left on device");
        RuntimeException bug = new IllegalStateException("a bug");
        Sinks sinks = new Sinks(List.of(sink("first", null), sink("second", io), sink("third", bug)));
        sinks.add(sink("fourth", null));
        assertEquals(bug, assertThrows(RuntimeException.class, sinks::close));
        assertEquals(List.of(io), List.of(bug.getSuppressed()));
        assertEquals(List.of("fourth", "third", "second", "first"), closed);

        closed.clear();
        assertEquals(io, assertThrows(IOException.class, new Sinks(List.of(sink("first", null), sink("second", io)))::close));
        assertEquals(List.of("second", "first"), closed);
    }
}
