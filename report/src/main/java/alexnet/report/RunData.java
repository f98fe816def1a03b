package alexnet.report;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import alexnet.core.run.event.Metrics;

/**
 * What a run has written down of itself.
 *
 * @param name        that tells it from the others on the page
 * @param config      of config.json; empty for folders without
 * @param environment of environment.json; empty for folders without
 * @param curves      what was measured in steps
 * @param measured    the measurements of metrics.csv
 * @param warnings    what the user should know of the run
 */
public record RunData(String name, Optional<JsonNode> config, Optional<JsonNode> environment, List<Curve> curves,
                      List<Measured> measured, List<String> warnings) {

    public RunData {
        curves = List.copyOf(curves);
        measured = List.copyOf(measured);
        warnings = List.copyOf(warnings);
    }

    /** A measurement with its speed; a value that the file does not tell is NaN. */
    public record Measured(Metrics metrics, double imagesPerSecond, double seconds) {
    }
}
