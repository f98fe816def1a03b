package alexnet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Has the contestants compute in turns, one at a time while the others sleep, and notes their times. Peers get the weights and
 * the batch of this program's network first; who makes other logits of them is not measured.
 */
public final class Referee {

    /**
     * Someone to measure.
     *
     * @param engine  whose network
     * @param name    what progress calls it
     * @param command starts its worker process; gets the file of the {@link SharedNetwork}
     */
    public record Entrant(Engine engine, String name, Function<Path, ProcessBuilder> command) {

        private boolean isPeer() {
            return engine != Engine.ALEXNET;
        }
    }

    /** Hears how far it is. */
    public interface Listener {

        /** So many turns are over, and someone does something. */
        void turn(int done, String what);

        /** All whole batches are measured; the limits and the layers are still to come. */
        void measured(Contest contest);

        /** A line from a worker's standard error. */
        void said(String line);
    }

    /** Someone who is being measured. */
    private final class Competitor implements AutoCloseable {

        private final Entrant entrant;
        private final Worker worker;
        private final Reply.Introduction introduction;
        private final Map<Pass, Outcome.Times> times = new EnumMap<>(Pass.class);
        private final List<StepParts> steps = new ArrayList<>();
        private Optional<Limits> limits = Optional.empty();
        private long peakBytes;
        /** Those of the first batch, where they were asked for. */
        private Reply.Logits logits;

        Competitor(Entrant entrant, Path shared, Consumer<String> heard) {
            this.entrant = entrant;
            worker = new Worker(entrant.command.apply(shared), heard);
            try {
                introduction = worker.ask(new Request.Introduce(), Reply.Introduction.class);
            } catch (RuntimeException failed) {
                worker.close();
                throw failed;
            }
        }

        void share(Path shared) {
            worker.ask(new Request.Share(shared.toString()), Reply.Shared.class);
        }

        float[] logits() {
            logits = worker.ask(new Request.Logits(), Reply.Logits.class);
            return logits.values();
        }

        private List<Double> run(Pass pass, int count) {
            return worker.ask(new Request.Steps(pass, count), Reply.Times.class).seconds();
        }

        private List<Pass> passes() {
            return plan.passes().stream().filter(entrant.engine::does).toList();
        }

        void warmUp() {
            for (Pass pass : passes()) {
                double first = run(pass, plan.warmUp()).getFirst();
                times.put(pass, new Outcome.Times(pass == Pass.FORWARD && logits != null ? logits.seconds() : first, new ArrayList<>()));
            }
        }

        void round() {
            passes().forEach(pass -> times.get(pass).steady().addAll(run(pass, plan.steps())));
            peakBytes = worker.ask(new Request.Memory(), Reply.Peak.class).bytes();
        }

        void dissect(int count, boolean counts) {
            Reply.Dissection found = worker.ask(new Request.Dissect(count), Reply.Dissection.class);
            if (counts) {
                steps.addAll(found.steps());
                limits = Optional.ofNullable(found.limits()).map(now -> limits.map(now::best).orElse(now));
            }
        }

        Outcome outcome() {
            return new Outcome(plan, introduction.identity(), introduction.startSeconds(), times, peakBytes, limits, List.copyOf(steps));
        }

        @Override
        public void close() {
            worker.close();
        }
    }

    private final Plan plan;
    private final Listener listener;
    private int done;

    /** For one contest. */
    public Referee(Plan plan, Listener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    /** How many turns there will be. */
    public static int turns(Plan plan, int entrants) {
        return entrants * (1 + plan.rounds() + (plan.layers() ? 1 + plan.rounds() : 0));
    }

    /**
     * Measures all of them, but for peers that compute another network.
     *
     * @param entrants this program's first
     * @throws WorkerFailedException if one fails
     */
    public Contest measure(List<Entrant> entrants) {
        List<Competitor> competitors = new ArrayList<>();
        List<Contest.Comparison> comparisons = new ArrayList<>();
        done = 0;
        try {
            start(entrants, competitors, comparisons);
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Competitor competitor : competitors) {
                    turn(competitor.entrant, "round " + round);
                    competitor.round();
                }
            }
            listener.measured(contest(competitors, comparisons));
            // The networks of these rounds replace the others, so that they come last.
            for (int round = 0; plan.layers() && round <= plan.rounds(); round++) {
                for (Competitor competitor : competitors) {
                    turn(competitor.entrant, round == 0 ? "layer by layer" : "layer by layer, round " + round);
                    competitor.dissect(round == 0 ? plan.warmUp() : plan.steps(), round > 0);
                }
            }
            return contest(competitors, comparisons);
        } finally {
            competitors.forEach(Competitor::close);
        }
    }

    private static Contest contest(List<Competitor> competitors, List<Contest.Comparison> comparisons) {
        return new Contest(competitors.stream().map(Competitor::outcome).toList(), comparisons);
    }

    private void start(List<Entrant> entrants, List<Competitor> competitors, List<Contest.Comparison> comparisons) {
        boolean shares = entrants.stream().anyMatch(Entrant::isPeer);
        Path shared = shares ? sharedFile() : null;
        try {
            float[] ours = null;
            for (Entrant entrant : entrants) {
                turn(entrant, "starts");
                Competitor competitor = new Competitor(entrant, shared, listener::said);
                competitors.add(competitor);
                if (shares && ours == null) {
                    competitor.share(shared);
                    ours = competitor.logits();
                } else if (entrant.isPeer()) {
                    Agreement agreement = Agreement.of(plan.architecture(), ours, competitors.getFirst().introduction.identity().isDirect(), competitor.logits(),
                            entrant.engine);
                    comparisons.add(new Contest.Comparison(entrant.name, agreement));
                    if (!agreement.holds()) {
                        competitors.removeLast().close();
                        done += turns(plan, 1) - 1;
                        continue;
                    }
                }
                competitor.warmUp();
            }
        } finally {
            if (shares) {
                delete(shared);
            }
        }
    }

    private static Path sharedFile() {
        try {
            Path file = Files.createTempFile("alexnet-bench", ".safetensors");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException("the weights for peers need a temporary file, which cannot be made in " + System.getProperty("java.io.tmpdir")
                    + ": " + failure, failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException ignored) {
            // Tried again when the program ends.
        }
    }

    private void turn(Entrant entrant, String what) {
        listener.turn(done++, entrant.name + ": " + what);
    }
}
