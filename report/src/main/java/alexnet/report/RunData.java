package alexnet.report;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import alexnet.core.run.event.LayerMeasures;
import alexnet.core.run.event.Metrics;

/**
 * What is known of a run without asking its network.
 *
 * @param name         that tells it from the others on the page
 * @param steps        of the whole run as planned; 0 if that is not known
 * @param stepsAnEpoch steps of an epoch; 0 if that is not known
 * @param baseline     validation top-1 of always naming the largest class, 0 to 1; NaN if that is not known
 * @param state        how it stands, in a word or two
 * @param config       options and architecture; a missing node if that is not known
 * @param environment  machine and versions; a missing node if that is not known
 * @param curves       what was told of every step
 * @param measured     the measurements
 * @param layers       what the layers looked like when last measured
 * @param warnings     what the user should know of the run
 * @param leftOut      what cannot be shown, and why
 */
public record RunData(String name, long steps, double stepsAnEpoch, double baseline, String state, JsonNode config, JsonNode environment,
                      StepCurves curves, List<Measured> measured, List<LayerMeasures> layers, List<String> warnings, List<String> leftOut) {

    public RunData {
        measured = List.copyOf(measured);
        layers = List.copyOf(layers);
        warnings = List.copyOf(warnings);
        leftOut = List.copyOf(leftOut);
    }

    /** A measurement with its speed; a value that the file does not tell is NaN. */
    public record Measured(Metrics metrics, double imagesPerSecond, double seconds) {
    }

    /** The step that the run has come to; 0 before the first. */
    public long step() {
        long told = curves.size() == 0 ? 0 : curves.step(curves.size() - 1);
        return measured.isEmpty() ? told : Math.max(told, measured.getLast().metrics().step());
    }
}
