package alexnet.runner;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import alexnet.core.run.RunRequest;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What signals ask of a run, as Caffe's do: SIGINT and SIGTERM that it ends behind a checkpoint, a second one that the process
 * ends at once; SIGHUP and SIGUSR1 that it writes a checkpoint and goes on. What is ignored from the start, as SIGHUP under
 * nohup, stays ignored. Closing brings back what was there before.
 */
final class Signals implements RunSink {

    /** What a signal asks for. */
    private enum Meaning {
        STOP, SNAPSHOT
    }

    /** What each signal means. */
    private static final Map<String, Meaning> MEANINGS = Map.of("INT", Meaning.STOP, "TERM", Meaning.STOP, "HUP", Meaning.SNAPSHOT, "USR1", Meaning.SNAPSHOT);

    /** A signal with what is done about it, now and otherwise. */
    private record Handled(Signal signal, SignalHandler handler, SignalHandler before) {
    }

    private final RunRequest request;
    private final PrintWriter err;
    private final Consumer<ExitCode> end;
    private final AtomicReference<ExitCode> stopped = new AtomicReference<>();
    private final List<Handled> handled = new ArrayList<>();

    private Signals(RunRequest request, PrintWriter err, Consumer<ExitCode> end) {
        this.request = request;
        this.err = err;
        this.end = end;
    }

    /**
     * The signals that are not ignored: to be asked before devices are, as a handler of Clang's, which compiles kernels for PoCL, hides
     * that one is.
     */
    static Set<String> heard() {
        return MEANINGS.keySet().stream().filter(Signals::isHeard).collect(Collectors.toSet());
    }

    private static boolean isHeard(String name) {
        try {
            Signal signal = new Signal(name);
            SignalHandler before = Signal.handle(signal, _ -> { });
            Signal.handle(signal, before);
            return before != SignalHandler.SIG_IGN;
        } catch (IllegalArgumentException kept) {
            // The system does not know it, or java's option -Xrs leaves it to the system.
            return false;
        }
    }

    /**
     * Takes signals over.
     *
     * @param heard those that {@link #heard} has found
     * @param err   is told what a signal does
     * @param end   ends the process, and those that train with it
     */
    static Signals handle(Set<String> heard, RunRequest request, PrintWriter err, Consumer<ExitCode> end) {
        Signals signals = new Signals(request, err, end);
        heard.forEach(signals::take);
        return signals;
    }

    private void take(String name) {
        Signal signal = new Signal(name);
        SignalHandler handler = _ -> received(signal, MEANINGS.get(name));
        handled.add(new Handled(signal, handler, Signal.handle(signal, handler)));
    }

    private void received(Signal signal, Meaning meaning) {
        StandardOutput.forgiveClosed();
        switch (meaning) {
            case STOP -> {
                ExitCode code = ExitCode.ofSignal(signal.getNumber());
                if (!stopped.compareAndSet(null, code)) {
                    end.accept(code);
                }
                request.stop();
                err.println("SIG" + signal.getName() + ": ending behind a checkpoint after this step; once more ends at once");
            }
            case SNAPSHOT -> {
                request.snapshot();
                err.println("SIG" + signal.getName() + ": writing a checkpoint after this step");
            }
        }
    }

    /** How the process ends, if a signal asked for that. */
    Optional<ExitCode> stopped() {
        return Optional.ofNullable(stopped.get());
    }

    /**
     * Takes the signals over again: Clang, which compiles kernels for PoCL, makes them its own whenever it is used.
     */
    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.StepFinished || event instanceof RunEvent.ValidationAdvanced) {
            handled.forEach(each -> Signal.handle(each.signal, each.handler));
        }
    }

    @Override
    public void close() {
        handled.forEach(each -> Signal.handle(each.signal, each.before));
    }
}
