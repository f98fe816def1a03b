package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import alexnet.core.replica.Heartbeat;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.SharedFile;
import alexnet.core.replica.Texts;
import alexnet.core.run.OpenSnapshot;
import alexnet.core.run.SameStart;
import alexnet.mpi.Mpi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The processes that train one network together, as a command sees them: rank 0 tells people how it goes and writes, the others are silent.
 * Where one of them fails, it says why, and all end.
 */
final class Ranks {

    /** What all ranks fail with the first has told after so long, and ended the others: so it is told once. */
    private static final Duration FIRST_WORD = Duration.ofSeconds(3);
    /** For MPI to end the others; then this process ends by itself. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Replicas replicas;
    private final CommandSpec spec;
    private final PrintWriter err;

    private Ranks(Replicas replicas, CommandSpec spec) {
        this.replicas = replicas;
        this.spec = spec;
        this.err = spec.commandLine().getErr();
    }

    /**
     * Joins the others, if there are some; has the command be silent from now on unless this is rank 0.
     *
     * @param quiet of the command
     */
    static Ranks join(CommandSpec spec, QuietOption quiet) {
        Ranks ranks = new Ranks(Mpi.join(), spec);
        if (!ranks.isFirst()) {
            spec.commandLine().setErr(new PrintWriter(Writer.nullWriter())).setOut(new PrintWriter(Writer.nullWriter()));
            quiet.silence();
        }
        return ranks;
    }

    Replicas replicas() {
        return replicas;
    }

    boolean isFirst() {
        return replicas.isFirst();
    }

    /** Does the whole work of the command, and says goodbye. */
    int run(Supplier<Integer> work) {
        int code = guard(work);
        replicas.close();
        return code;
    }

    /**
     * Does a part of the work. What it fails with ends all ranks here, before this one waits for something that the others would have to do,
     * too; a rank alone goes on as always.
     */
    <T> T guard(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error failure) {
            if (!replicas.isAlone()) {
                endAll(failure);
            }
            throw failure;
        }
    }

    private void endAll(Throwable failure) {
        if (!isFirst()) {
            pause(FIRST_WORD);
        }
        StringWriter said = new StringWriter();
        ExitCode code;
        try (PrintWriter told = new PrintWriter(said)) {
            if (failure instanceof ParameterException mistake) {
                code = Main.report(mistake, told);
            } else {
                code = Failures.report(failure, told, spec.root().optionsMap().get(Main.STACK_TRACE).getValue());
            }
        }
        said.toString().lines().forEach(this::say);
        replicas.abort(code.code());
    }

    /** Tells people something that only this rank knows. */
    void say(String line) {
        err.println(isFirst() ? line : "rank " + replicas.rank() + ": " + line);
        err.flush();
    }

    /** Ends all ranks at once, whatever they are doing, see {@link ExitCode#endNow}; this one also where the others cannot be reached. */
    void endNow(ExitCode code) {
        if (!replicas.isAlone()) {
            Thread.ofPlatform().daemon().name("abort").start(() -> replicas.abort(code.code()));
            pause(FAREWELL);
        }
        code.endNow();
    }

    /**
     * Watches over the other ranks from now on, until it is closed, which all do.
     *
     * @param limit that they may be silent; zero waits for ever
     * @return null where nobody is to be watched
     */
    Heartbeat watch(Duration limit) {
        return replicas.isAlone() || limit.isZero() ? null : new Heartbeat(replicas.duplicate(), limit, () -> {
            say("alexnet: nothing was heard of another rank for " + limit.toSeconds() + " s: it or its machine is gone or hangs, or the link to it is cut");
            endNow(ExitCode.RANKS);
        });
    }

    /** Leaves other ranks, that have found the same, the time to say so, too. */
    void awaitOthersWords() {
        if (!replicas.isAlone()) {
            pause(FIRST_WORD);
        }
    }

    /** Leaves the first of the processes that mpirun has started the time to tell what is wrong with their command line, and so to end them. */
    static void awaitFirst() {
        if (!Mpi.isFirst()) {
            pause(FIRST_WORD);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** The highest of the ranks' exit codes; those that have none say {@link ExitCode#OK}. */
    ExitCode agreed(ExitCode own) {
        long[] code = {own.code()};
        replicas.maximum(code);
        return code[0] == 0 ? ExitCode.OK : ExitCode.of((int) code[0]);
    }

    /** Makes sure that what has to be the same on all ranks is, see {@link SameStart}. */
    void requireSame(Map<String, String> facts) {
        if (!replicas.isAlone()) {
            SameStart.require(replicas, facts);
        }
    }

    /** Does something that leaves files where other ranks look for them: rank 0, then the first of each other machine, then the rest. */
    <T> T inTurn(Supplier<T> work) {
        int own = isFirst() ? 0 : replicas.localRank() == 0 ? 1 : 2;
        T result = null;
        for (int turn = 0; turn <= 2; turn++) {
            if (turn == own) {
                result = work.get();
            }
            replicas.barrier();
        }
        return result;
    }

    /** The checkpoint that rank 0 has opened, if it has one, opened on all. */
    Optional<OpenSnapshot> share(Optional<OpenSnapshot> own) {
        if (replicas.isAlone() || Texts.first(replicas, own.isPresent() ? "there" : "").isEmpty()) {
            return own;
        }
        try (SharedFile file = share(own.map(OpenSnapshot::file).orElse(null))) {
            return isFirst() ? own : Optional.of(OpenSnapshot.open(file.path()));
        }
    }

    /** A text that rank 0 has, on all. */
    String first(Supplier<String> own) {
        return Texts.first(replicas, isFirst() ? own.get() : "");
    }

    /** A file that rank 0 has, on all. */
    SharedFile share(Path own) {
        try {
            return SharedFile.of(replicas, own);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
