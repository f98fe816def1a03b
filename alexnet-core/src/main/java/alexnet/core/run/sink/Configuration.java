package alexnet.core.run.sink;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import alexnet.core.model.ArchitectureEntry;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.run.Transfer;
import alexnet.core.run.event.RunPlan;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a run does: its options, which config.yaml has, and what came of them, which config.json has.
 *
 * @param program      that runs, with its version
 * @param given        the options that were given, by name, as they were written
 * @param options      all options of the run as they count, by name with underscores: numbers, truth values, texts and lists of such
 * @param architecture of the network
 * @param begun        what it took over from another network when it began
 * @param images       that it learns from
 */
public record Configuration(String program, Map<String, String> given, Map<String, Object> options, Architecture architecture, Optional<Transfer> begun,
                            Images images) {

    /** Of a run that began with start values alone. */
    public Configuration(String program, Map<String, String> given, Map<String, Object> options, Architecture architecture, Images images) {
        this(program, given, options, architecture, Optional.empty(), images);
    }

    /**
     * The images of a run.
     *
     * @param name             what the user calls them
     * @param folder           where they lie
     * @param trainingImages   to learn from
     * @param validationImages to measure with
     * @param leftOut          files
     * @param classes          names
     */
    public record Images(String name, Path folder, int trainingImages, int validationImages, int leftOut, List<String> classes) {
    }

    /** Weights and biases of the network. */
    public long parameters() {
        return GroupShapes.whole(architecture, 1).parameters().values().stream()
                .mapToLong(shape -> shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b)).sum();
    }

    /** All but the options as one object, names in snake case. */
    ObjectNode json(RunPlan plan) {
        ObjectNode json = RunJson.object().put("program", program);
        json.set("given", RunJson.tree(given));
        json.set("architecture", ArchitectureEntry.tree(architecture));
        json.put("parameters", parameters());
        begun.ifPresent(transfer -> json.set("init_from", RunJson.tree(transfer)));
        json.set("images", RunJson.tree(images));
        return json.put("steps", plan.steps()).put("steps_an_epoch", plan.stepsAnEpoch()).put("majority_baseline", plan.majorityBaseline());
    }

    /** As Markdown, without layers and the names of classes. */
    public String markdown() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "### %s\n\n%s, %,d parameters\n", program, architecture.name(), parameters()));
        table(text, "given", given);
        table(text, "options", options);
        Map<String, Object> counts = RunJson.scalars(images);
        counts.put("classes", images.classes().size());
        table(text, "images", counts);
        return text.toString();
    }

    private static void table(StringBuilder text, String title, Map<String, ?> values) {
        text.append("\n| ").append(title).append(" | |\n|---|---|\n");
        values.forEach((name, value) -> text.append("| `").append(name).append("` | `")
                // What would end a cell or its quotation; users name folders.
                .append(String.valueOf(value).replaceAll("[|`\\s]+", " ")).append("` |\n"));
    }

    /** The options that are numbers, truth values or texts. */
    public Map<String, Object> hyperparameters() {
        return RunJson.scalars(options);
    }
}
