package alexnet.runner;

import java.nio.file.Path;
import java.util.List;

import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;

/** A run of 2.5 epochs of 4 steps of 10 images, each of which takes a second, of which it waits a fifth. */
final class Events {

    static final int STEPS = 10;
    private static final int STEPS_AN_EPOCH = 4;

    private Events() {
    }

    static RunPlan plan(Path folder) {
        return new RunPlan("alexnet-small", List.of("bright", "dark"), STEPS, STEPS_AN_EPOCH, 10, 0.5, folder);
    }

    static Place place(long step) {
        int epoch = step == 0 ? 1 : (int) ((step - 1) / STEPS_AN_EPOCH + 1);
        return new Place(step, epoch, (int) (step - (epoch - 1L) * STEPS_AN_EPOCH), STEPS_AN_EPOCH);
    }

    static RunEvent.StepFinished step(long step, double loss) {
        return new RunEvent.StepFinished(place(step), 10, 0.01, loss, 1, 0.2);
    }

    static Metrics metrics(long step, double top1) {
        return new Metrics(step, place(step).epochs(), 0.01, 0.7, 0.6, top1, 1);
    }

    /** After {@code steps} steps and half a second of validation. */
    static RunEvent.Validated validated(long step, int steps, double top1) {
        return new RunEvent.Validated(place(step), metrics(step, top1), true, 10, steps + 0.5);
    }
}
