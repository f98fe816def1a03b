package alexnet.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Has the contestants compute in turns, one at a time while the others sleep, and notes their times. */
public final class Referee {

    /**
     * Someone to measure.
     *
     * @param engine  whose network
     * @param name    what progress calls it
     * @param command starts its worker process
     */
    public record Entrant(Engine engine, String name, ProcessBuilder command) {
    }

    /** Hears how far it is. */
    public interface Listener {

        /** So many turns are over, and someone does something. */
        void turn(int done, String what);

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

        Competitor(Entrant entrant, Consumer<String> heard) {
            this.entrant = entrant;
            worker = new Worker(entrant.command, heard);
            introduction = worker.ask(new Request.Introduce(), Reply.Introduction.class);
        }

        private List<Double> run(Pass pass, int count) {
            return worker.ask(new Request.Steps(pass, count), Reply.Times.class).seconds();
        }

        private List<Pass> passes() {
            return plan.passes().stream().filter(entrant.engine::does).toList();
        }

        void warmUp() {
            for (Pass pass : passes()) {
                times.put(pass, new Outcome.Times(run(pass, plan.warmUp()).getFirst(), new ArrayList<>()));
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
        return entrants * (1 + plan.rounds() + 1 + plan.rounds());
    }

    /**
     * Measures all of them.
     *
     * @throws WorkerFailedException if one fails
     */
    public List<Outcome> measure(List<Entrant> entrants) {
        List<Competitor> competitors = new ArrayList<>();
        done = 0;
        try {
            for (Entrant entrant : entrants) {
                turn(entrant, "starts");
                competitors.add(new Competitor(entrant, listener::said));
                competitors.getLast().warmUp();
            }
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Competitor competitor : competitors) {
                    turn(competitor.entrant, "round " + round);
                    competitor.round();
                }
            }
            // The networks of these rounds replace the others, so that they come last.
            for (int round = 0; round <= plan.rounds(); round++) {
                for (Competitor competitor : competitors) {
                    turn(competitor.entrant, round == 0 ? "layer by layer" : "layer by layer, round " + round);
                    competitor.dissect(round == 0 ? plan.warmUp() : plan.steps(), round > 0);
                }
            }
            return competitors.stream().map(Competitor::outcome).toList();
        } finally {
            competitors.forEach(Competitor::close);
        }
    }

    private void turn(Entrant entrant, String what) {
        listener.turn(done++, entrant.name + ": " + what);
    }
}
