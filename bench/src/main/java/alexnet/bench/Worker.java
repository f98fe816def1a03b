package alexnet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The referee's end of a worker process. Closing it ends the process. */
final class Worker implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 200;
    private static final int PATIENCE_SECONDS = 10;
    private static final int EXIT_OF_A_SIGNAL = 128;

    private final Process process;
    private final Writer requests;
    private final BufferedReader replies;
    private final Thread listener;
    private volatile String lastWords = "";

    /**
     * Starts the process.
     *
     * @param command what to start
     * @param heard   gets every line that the process says on standard error
     */
    Worker(ProcessBuilder command, Consumer<String> heard) {
        try {
            process = command.start();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + command.command().getFirst(), failure);
        }
        requests = process.outputWriter(StandardCharsets.UTF_8);
        replies = process.inputReader(StandardCharsets.UTF_8);
        listener = Thread.ofPlatform().daemon().name("what the worker says").start(() -> listen(heard));
    }

    private void listen(Consumer<String> heard) {
        try (BufferedReader said = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            said.lines().forEach(line -> {
                lastWords = line.isBlank() ? lastWords : line;
                heard.accept(line);
            });
        } catch (IOException | UncheckedIOException ended) {
            // With the process; how it ended is told by whoever waits for its reply.
        }
    }

    /** Asks and waits for the answer. */
    <T extends Reply> T ask(Request request, Class<T> kind) {
        String line = null;
        try {
            requests.write(JSON.writerFor(Request.class).writeValueAsString(request) + "\n");
            requests.flush();
            line = replies.readLine();
            if (line != null) {
                return kind.cast(JSON.readValue(line, Reply.class));
            }
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a worker answered what is no reply: " + line.substring(0, Math.min(SHOWN, line.length())), impossible);
        } catch (IOException ended) {
            // Told below.
        }
        throw failure();
    }

    private WorkerFailedException failure() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            listener.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        int code = process.isAlive() ? 1 : process.exitValue();
        return new WorkerFailedException(lastWords.isEmpty()
                ? "a worker process ended with code " + code + (code > EXIT_OF_A_SIGNAL ? ", killed; the machine may have too little memory" : "")
                : lastWords, code);
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException ended) {
            // It has gone already.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
