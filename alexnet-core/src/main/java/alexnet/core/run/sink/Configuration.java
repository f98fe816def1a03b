package alexnet.core.run.sink;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import alexnet.core.model.ArchitectureEntry;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.run.event.RunPlan;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a run does.
 *
 * @param program      that runs, with its version
 * @param given        the options that were given, by name, as they were written
 * @param resolved     all options as they count, by what they are of, those {@link #TRAINING of training} among them: records, whose
 *                     fields are told by their names
 * @param architecture of the network
 * @param images       that it learns from
 */
public record Configuration(String program, Map<String, String> given, Map<String, Record> resolved, Architecture architecture, Images images) {

    /** What the options are of that decide what is learnt. */
    public static final String TRAINING = "training";

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
        return new GroupShapes(architecture, 0, 1).parameters().values().stream()
                .mapToLong(shape -> shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b)).sum();
    }

    /** As one object, names in snake case. */
    ObjectNode json(RunPlan plan) {
        ObjectNode json = RunJson.object().put("program", program);
        json.set("given", RunJson.tree(given));
        resolved.forEach((name, options) -> json.set(name, RunJson.tree(options)));
        json.set("architecture", ArchitectureEntry.tree(architecture));
        json.put("parameters", parameters());
        json.set("images", RunJson.tree(images));
        return json.put("steps", plan.steps()).put("steps_an_epoch", plan.stepsAnEpoch()).put("majority_baseline", plan.majorityBaseline());
    }

    /** As Markdown, without layers and the names of classes. */
    public String markdown() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "### %s\n\n%s, %,d parameters\n", program, architecture.name(), parameters()));
        table(text, "given", given);
        resolved.forEach((name, options) -> table(text, name, RunJson.scalars(options)));
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

    /** The network's name and the options of training, by name: numbers, truth values and texts. */
    public Map<String, Object> hyperparameters() {
        Map<String, Object> values = RunJson.scalars(Map.of("architecture", architecture.name()));
        values.putAll(RunJson.scalars(resolved.get(TRAINING)));
        return values;
    }
}
