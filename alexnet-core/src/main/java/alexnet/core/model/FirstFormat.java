package alexnet.core.model;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Files of the first format, as entries of today's; the tensors are the same. They name one of two architectures, write options
 * in camel case, and know whole epochs alone: {@code history} is a list of them, {@code steps} how many steps they took.
 */
final class FirstFormat {

    static final String VALUE = "alexnet-jvm-1";

    private static final ObjectNode NOTHING = Entries.constant("{}");

    private FirstFormat() {
    }

    /** What is still of use of an epoch. */
    private record Epoch(double lr, double trainingLoss, double validationLoss, double top1, double top5) {
    }

    /** @throws CheckpointException if an entry is missing or damaged */
    static Map<String, String> translate(SafetensorsReader reader) {
        Entries old = new Entries(reader.file(), reader.metadata());
        Map<String, String> entries = new HashMap<>(reader.metadata());
        entries.put(ArchitectureEntry.NAME, ArchitectureEntry.text(architecture(old, reader)));
        entries.put("options", Entries.text(snakeCase(old.object("options", NOTHING))));
        entries.put("run", Entries.text(run(old)));
        return entries;
    }

    private static Architecture architecture(Entries old, SafetensorsReader reader) {
        try {
            return Architectures.named(reader.metadata(ArchitectureEntry.NAME), old.list(ClassEntries.NAMES).size(), StatisticsTensors.read(reader).channels());
        } catch (IllegalArgumentException unknown) {
            throw new CheckpointException(reader.file() + ": " + unknown.getMessage(), unknown);
        }
    }

    private static ObjectNode snakeCase(ObjectNode camelCase) {
        ObjectNode renamed = Entries.constant("{}");
        camelCase.properties().forEach(field -> renamed.set(SnakeCaseStrategy.INSTANCE.translate(field.getKey()), field.getValue()));
        return renamed;
    }

    /** The steps of an epoch were as many in each, unless a resumed run had another size of batch. */
    private static ObjectNode run(Entries old) {
        long steps = old.value("steps", old.tree("steps"), Long.class);
        if (steps < 0) {
            throw old.damaged("steps", "there cannot have been " + steps);
        }
        Iterator<JsonNode> epochs = old.list("history").iterator();
        int count = old.list("history").size();
        ObjectNode run = Entries.constant("{}").put("step", steps).put("epoch", count + 1);
        ArrayNode history = run.putArray("history");
        for (int epoch = 1; epoch <= count; epoch++) {
            Epoch metrics = old.value("history", snakeCase(old.over("history", NOTHING, epochs.next())), Epoch.class);
            history.add(Entries.constant("{}").put("step", Math.round((double) steps * epoch / count)).put("epochs", epoch)
                    .setAll(Entries.tree(metrics)));
        }
        return run;
    }
}
