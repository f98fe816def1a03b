package alexnet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The worker's end: answers requests, a line each, until there are no more. */
public final class WorkerServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contestant contestant;
    private final double startSeconds;
    private Optional<Contestant.Anatomy> anatomy;

    /** With a contestant that has just become ready. */
    public WorkerServer(Contestant contestant) {
        this.contestant = contestant;
        Instant now = Instant.now();
        startSeconds = ProcessHandle.current().info().startInstant().map(start -> Duration.between(start, now).toNanos() * 1e-9)
                .orElse(Double.NaN);
    }

    /** Serves until the requests end. */
    public void serve(InputStream requests, OutputStream replies) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Reply reply = answer(JSON.readValue(line, Request.class));
            replies.write((JSON.writerFor(Reply.class).writeValueAsString(reply) + "\n").getBytes(StandardCharsets.UTF_8));
            replies.flush();
        }
        if (anatomy != null) {
            anatomy.ifPresent(Contestant.Anatomy::close);
        }
    }

    private Reply answer(Request request) {
        return switch (request) {
            case Request.Introduce _ -> new Reply.Introduction(contestant.identity(), startSeconds);
            case Request.Share share -> share(Path.of(share.file()));
            case Request.Logits _ -> {
                long start = System.nanoTime();
                float[] logits = contestant.logits();
                yield new Reply.Logits(logits, (System.nanoTime() - start) * 1e-9);
            }
            case Request.Steps steps -> new Reply.Times(time(steps));
            case Request.Memory _ -> new Reply.Peak(Machine.peakBytes());
            case Request.Dissect dissect -> dissect(dissect.count());
        };
    }

    private Reply share(Path file) {
        try {
            contestant.share(file);
            return new Reply.Shared();
        } catch (IOException failure) {
            throw new UncheckedIOException("the weights for peers cannot be written to " + file + ": " + failure.getMessage(), failure);
        }
    }

    private List<Double> time(Request.Steps steps) {
        List<Double> seconds = new ArrayList<>();
        for (int step = 0; step < steps.count(); step++) {
            long start = System.nanoTime();
            contestant.run(steps.pass());
            seconds.add((System.nanoTime() - start) * 1e-9);
        }
        return seconds;
    }

    private Reply dissect(int count) {
        if (anatomy == null) {
            anatomy = contestant.anatomy();
        }
        if (anatomy.isEmpty()) {
            return new Reply.Dissection(null, List.of());
        }
        List<StepParts> steps = new ArrayList<>();
        for (int step = 0; step < count; step++) {
            steps.add(anatomy.get().step());
        }
        return new Reply.Dissection(anatomy.get().limits(), steps);
    }
}
