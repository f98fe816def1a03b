package alexnet.report;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.run.event.Pace;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;
import alexnet.core.run.event.RunSink;
import alexnet.report.RunData.Measured;

/** What is shown of a run while it goes on. It takes so much memory and no more, however long that is. */
public final class LiveRun implements RunSink {

    /** Warnings kept, the newest. */
    static final int WARNINGS = 50;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<String> warnings = new ArrayDeque<>();
    private StepCurves curves = new StepCurves();
    private final Measurements measurements = new Measurements();
    private RunData folder = new RunData("training", 0, 0, Double.NaN, "", MissingNode.getInstance(), MissingNode.getInstance(), curves,
            List.of(), List.of(), List.of(), List.of());
    /** Written by the thread that trains alone. */
    private RunPlan plan;
    private Pace pace;
    /** Behind the last step since the run began or went back; null before that. */
    private Place place;
    private String state = "getting ready";
    private int batches;
    private int batchesDone;
    private boolean over;
    private List<LayerMeasures> layers = List.of();
    private FilterBank filters;
    /** Grows with everything but steps. */
    private int version;

    @Override
    public void on(RunEvent event) {
        // Read outside of the lock: who asks meanwhile need not wait. A run that goes back within itself begins once more.
        RunData before = event instanceof RunEvent.Started started && plan == null ? before(started.plan()) : null;
        synchronized (this) {
            take(event, before);
        }
    }

    private static RunData before(RunPlan plan) {
        String name = String.valueOf(plan.folder().getFileName());
        try {
            return RunReader.read(plan.folder(), name);
        } catch (IOException unreadable) {
            return new RunData(name, 0, 0, Double.NaN, "", MissingNode.getInstance(), MissingNode.getInstance(), new StepCurves(), List.of(),
                    List.of(), List.of(), List.of("what the run did before: " + unreadable.getMessage()));
        }
    }

    private void take(RunEvent event, RunData before) {
        switch (event) {
            case RunEvent.Started started -> start(started, before);
            case RunEvent.StepFinished step -> {
                state = "training";
                place = step.place();
                pace.step(step);
                curves.add(step.place().step(), step.loss(), step.lr(), step.images() / step.seconds(), step.waitingSeconds() / step.seconds());
            }
            case RunEvent.ValidationStarted validation -> {
                state = "measuring";
                batches = validation.batches();
                batchesDone = 0;
            }
            case RunEvent.ValidationAdvanced advanced -> batchesDone = advanced.batches();
            case RunEvent.Validated validated -> {
                pace.validated(validated);
                measurements.add(new Measured(validated.metrics(), validated.imagesPerSecond(), validated.seconds()));
                version++;
            }
            case RunEvent.LayersMeasured measured -> {
                layers = measured.layers();
                filters = measured.firstFilters();
                version++;
            }
            case RunEvent.CheckpointWritten _ -> { }
            case RunEvent.Warned warned -> warn("step " + warned.place().step() + ": " + warned.message());
            case RunEvent.Ended ended -> {
                over = true;
                state = switch (ended.reason()) {
                    case COMPLETED -> "finished";
                    case PATIENCE -> "ended early: the accuracy did not rise any more";
                    case STOPPED -> "stopped as asked";
                };
            }
        }
    }

    private void start(RunEvent.Started started, RunData before) {
        plan = started.plan();
        if (before != null) {
            folder = before;
            curves = before.curves();
            before.measured().forEach(measurements::add);
            before.warnings().forEach(this::warn);
            if (before.measured().isEmpty()) {
                started.history().forEach(metrics -> measurements.add(new Measured(metrics, Double.NaN, Double.NaN)));
            }
        } else {
            curves.forgetBehind(started.place().step());
            measurements.forgetBehind(started.place().step());
            layers = List.of();
            filters = null;
        }
        pace = new Pace(plan.steps(), started.place());
        place = null;
        state = "training";
        version++;
    }

    private void warn(String warning) {
        if (warnings.size() == WARNINGS) {
            warnings.removeFirst();
        }
        warnings.addLast(warning);
        version++;
    }

    /** Everything. */
    ObjectNode all() {
        return since(0, -1, -1);
    }

    /**
     * What somebody doesn't know yet.
     *
     * @param points     of the curves that they have
     * @param generation of those
     * @param seen       version of all else that they have
     */
    ObjectNode since(int points, int generation, int seen) {
        RunData now;
        FilterBank newFilters;
        ObjectNode live = JSON.createObjectNode();
        synchronized (this) {
            now = new RunData(folder.name(), plan == null ? 0 : plan.steps(), plan == null ? 0 : plan.stepsAnEpoch(),
                    plan == null ? Double.NaN : plan.majorityBaseline(), state, folder.config(), folder.environment(), curves.copy(),
                    measurements.list(), layers, List.copyOf(warnings), folder.leftOut());
            newFilters = seen == version ? null : filters;
            live.put("version", version).put("over", over).put("state", state + (state.equals("measuring") ? " " + batchesDone + " of " + batches + " batches" : ""));
            if (place != null && !over) {
                live.put("secondsLeft", Math.round(pace.secondsLeft(place)));
            }
        }
        boolean known = generation == now.curves().generation();
        ObjectNode run = PageData.of(now, known ? Math.clamp(points, 0, now.curves().size()) : 0);
        if (seen == live.path("version").asInt()) {
            run.remove(List.of("measured", "layers", "warnings", "leftOut", "config", "environment"));
        } else if (newFilters != null) {
            run.set("filters", PageData.of(newFilters));
        }
        ObjectNode root = JSON.createObjectNode();
        root.set("live", live);
        root.putArray("runs").add(run);
        return root;
    }
}
