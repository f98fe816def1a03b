package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import alexnet.core.data.ClassName;
import alexnet.core.data.Names;
import alexnet.core.model.ArchitectureEntry;
import alexnet.core.model.Entries;
import alexnet.core.model.Model;
import alexnet.core.run.RunState;
import alexnet.core.run.TrainingHistory;
import alexnet.core.run.event.Metrics;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What {@code info} prints. */
final class InfoReport {

    private static final double MEBIBYTE = 1 << 20;
    private static final int LONGEST = 100;
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).enable(SerializationFeature.INDENT_OUTPUT).build();

    private InfoReport() {
    }

    /** For people. */
    static void text(WeightsInfo info, PrintWriter out) {
        List<List<String>> facts = new ArrayList<>();
        add(facts, "file", String.format(Locale.ROOT, "%s, %.1f MiB", info.file(), info.bytes() / MEBIBYTE));
        add(facts, "format", info.format());
        info.network().ifPresent(network -> {
            Model model = network.model();
            add(facts, "network", String.format(Locale.ROOT, "%s, as %s: %,d parameters", network.kind(), model.architecture().name(), network.parameters()));
            add(facts, "classes", String.format(Locale.ROOT, "%,d: %s", model.classes().size(), Names.some(model.classNames().stream().map(ClassName::shown).toList())));
            InputText.of(model).forEach(line -> add(facts, line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2)));
            network.notes().forEach(note -> add(facts, "", note));
        });
        info.problem().ifPresent(problem -> add(facts, "network", "none that can be used: " + problem));
        info.origin().ifPresent(origin -> add(facts, "imported", "from " + origin.file() + " (" + origin.format() + "), " + origin.network()));
        info.training().ifPresent(training -> add(facts, training));
        info.metadata().forEach((name, value) -> add(facts, "metadata", name + " = " + (value.length() > LONGEST ? value.substring(0, LONGEST) + " ..." : value)));
        add(facts, "tensors", String.format(Locale.ROOT, "%,d of %,d elements", info.tensors().size(), info.elements()));
        Columns.print(facts, out);
        if (!info.tensors().isEmpty()) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("NAME", "TYPE", "SHAPE"));
            info.tensors().forEach(tensor -> rows.add(List.of(Printable.line(tensor.name()), tensor.type(), tensor.shape().toString())));
            Columns.print(rows, out);
        }
    }

    private static void add(List<List<String>> facts, String name, String value) {
        facts.add(List.of(name, Printable.line(value)));
    }

    private static void add(List<List<String>> facts, TrainingHistory training) {
        RunState state = training.state();
        training.begun().ifPresent(begun -> add(facts, "begun", begun.toString()));
        state.best().ifPresentOrElse(best -> add(facts, "trained", String.format(Locale.ROOT, "%,d steps, %s epochs measured; best top-1 %.1f %%, top-5 %.1f %% (epoch %s)",
                state.step(), epochs(state.history().getLast()), 100 * best.top1(), 100 * best.top5(), epochs(best))),
                () -> add(facts, "trained", String.format(Locale.ROOT, "%,d steps, not measured yet", state.step())));
        add(facts, "options", Entries.tree(training.options()).properties().stream().map(option -> option.getKey() + " " + told(option.getValue()))
                .collect(Collectors.joining(", ")));
    }

    private static String told(JsonNode option) {
        if (!option.isArray()) {
            return option.asText();
        }
        return option.isEmpty() ? "none" : option.valueStream().map(JsonNode::asText).collect(Collectors.joining(","));
    }

    private static String epochs(Metrics metrics) {
        return String.format(Locale.ROOT, metrics.epochs() == Math.rint(metrics.epochs()) ? "%.0f" : "%.2f", metrics.epochs());
    }

    /** For programs. */
    static void json(WeightsInfo info, PrintWriter out) {
        ObjectNode root = MAPPER.createObjectNode().put("file", info.file().toString()).put("format", info.format()).put("bytes", info.bytes());
        info.network().ifPresent(network -> root.set("network", json(network)));
        info.problem().ifPresent(problem -> root.put("problem", problem));
        info.training().ifPresent(training -> {
            ObjectNode history = root.putObject("training");
            history.set("options", Entries.tree(training.options()));
            training.begun().ifPresent(begun -> history.set("init_from", Entries.tree(begun)));
            history.set("run", Entries.tree(training.state()));
        });
        info.origin().ifPresent(origin -> root.set("imported", Entries.tree(origin)));
        ObjectNode metadata = root.putObject("metadata");
        info.metadata().forEach(metadata::put);
        root.put("elements", info.elements());
        ArrayNode tensors = root.putArray("tensors");
        for (WeightsInfo.Tensor tensor : info.tensors()) {
            ArrayNode shape = tensors.addObject().put("name", tensor.name()).put("type", tensor.type()).putArray("shape");
            tensor.shape().forEach(shape::add);
        }
        try {
            MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(out, root);
            out.println();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ObjectNode json(WeightsInfo.Network network) {
        Model model = network.model();
        ObjectNode tree = MAPPER.createObjectNode().put("kind", network.kind()).put("parameters", network.parameters());
        tree.set("architecture", ArchitectureEntry.tree(model.architecture()));
        ArrayNode classes = tree.putArray("classes");
        for (ClassName name : model.classNames()) {
            ObjectNode one = classes.addObject().put("name", name.name());
            name.words().ifPresent(words -> one.put("words", words));
        }
        tree.put("resize", model.resize().toString());
        ArrayNode mean = tree.putArray("mean");
        Arrays.stream(model.statistics().channelMeans()).forEach(mean::add);
        ArrayNode deviation = tree.putArray("deviation");
        model.deviation().forEach(deviation::add);
        ArrayNode notes = tree.putArray("notes");
        network.notes().forEach(notes::add);
        return tree;
    }
}
