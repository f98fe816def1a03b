package alexnet.report;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.run.event.Metrics;
import alexnet.report.RunData.Measured;
import alexnet.report.StepCurves.Quantity;

/** What the page shows, as JSON. What is not a number is null. */
final class PageData {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PageData() {
    }

    /** Of a finished report. */
    static ObjectNode of(List<ReportedRun> runs) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode all = root.putArray("runs");
        runs.forEach(run -> all.add(of(run.data(), 0).set("findings", of(run.findings()))));
        return root;
    }

    /**
     * Of a run.
     *
     * @param from the first point of its curves that is told
     */
    static ObjectNode of(RunData run, int from) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", run.name());
        node.put("step", run.step());
        node.put("steps", run.steps());
        node.put("stepsAnEpoch", run.stepsAnEpoch());
        put(node, "baseline", run.baseline());
        node.put("state", run.state());
        node.set("curves", of(run.curves(), from));
        node.set("measured", measured(run.measured()));
        ArrayNode layers = node.putArray("layers");
        for (LayerMeasures layer : run.layers()) {
            ObjectNode of = layers.addObject().put("layer", layer.layer());
            put(of, "updateRatio", layer.updateRatio());
            put(of, "deadUnits", layer.deadUnits());
        }
        run.warnings().forEach(node.putArray("warnings")::add);
        run.leftOut().forEach(node.putArray("leftOut")::add);
        if (!run.config().isMissingNode()) {
            node.set("config", run.config());
        }
        if (!run.environment().isMissingNode()) {
            node.set("environment", run.environment());
        }
        return node;
    }

    private static ObjectNode of(StepCurves curves, int from) {
        ObjectNode node = JSON.createObjectNode();
        node.put("from", from);
        node.put("generation", curves.generation());
        node.put("stride", curves.stride());
        ArrayNode steps = node.putArray("step");
        for (int point = from; point < curves.size(); point++) {
            steps.add(curves.step(point));
        }
        for (Quantity quantity : Quantity.values()) {
            if (!curves.knows(quantity)) {
                continue;
            }
            ObjectNode values = node.putObject(quantity.name().toLowerCase(Locale.ROOT));
            ArrayNode means = values.putArray("mean");
            ArrayNode lows = values.putArray("low");
            ArrayNode highs = values.putArray("high");
            for (int point = from; point < curves.size(); point++) {
                add(means, curves.mean(quantity, point));
                if (curves.stride() > 1) {
                    add(lows, curves.low(quantity, point));
                    add(highs, curves.high(quantity, point));
                }
            }
        }
        return node;
    }

    private static ObjectNode measured(List<Measured> all) {
        ObjectNode node = JSON.createObjectNode();
        column(node, "step", all, m -> m.metrics().step());
        column(node, "epochs", all, m -> m.metrics().epochs());
        column(node, "lr", all, m -> m.metrics().lr());
        column(node, "trainingLoss", all, m -> m.metrics().trainingLoss());
        column(node, "validationLoss", all, m -> m.metrics().validationLoss());
        column(node, "top1", all, m -> m.metrics().top1());
        column(node, "top5", all, m -> m.metrics().top5());
        column(node, "rate", all, Measured::imagesPerSecond);
        column(node, "seconds", all, Measured::seconds);
        return node;
    }

    private static void column(ObjectNode node, String name, List<Measured> all, ToDoubleFunction<Measured> value) {
        ArrayNode column = node.putArray(name);
        all.forEach(m -> add(column, value.applyAsDouble(m)));
    }

    private static ObjectNode of(Findings findings) {
        ObjectNode node = JSON.createObjectNode();
        node.put("model", findings.model());
        findings.filters().ifPresent(bank -> node.set("filters", of(bank)));
        node.set("predictions", JSON.valueToTree(findings.predictions()));
        node.set("neighbours", JSON.valueToTree(findings.neighbours()));
        node.set("confusions", JSON.valueToTree(findings.confusions()));
        node.set("classes", JSON.valueToTree(findings.classes()));
        node.set("layers", JSON.valueToTree(findings.layers()));
        findings.notes().forEach(node.putArray("notes")::add);
        findings.leftOut().forEach(node.putArray("leftOut")::add);
        return node;
    }

    /** The pixels of all filters, three bytes each. */
    static ObjectNode of(FilterBank bank) {
        byte[] bytes = new byte[bank.filters() * bank.size() * bank.size() * 3];
        int at = 0;
        for (int filter = 0; filter < bank.filters(); filter++) {
            for (int rgb : FilterPixels.rgb(bank, filter)) {
                bytes[at++] = (byte) (rgb >> 16);
                bytes[at++] = (byte) (rgb >> 8);
                bytes[at++] = (byte) rgb;
            }
        }
        return JSON.createObjectNode().put("filters", bank.filters()).put("size", bank.size()).put("channels", bank.channels())
                .put("pixels", Base64.getEncoder().encodeToString(bytes));
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, (float) value);
        } else {
            node.putNull(name);
        }
    }

    /** Seven digits are more than a curve can show, and half the file. */
    private static void add(ArrayNode array, double value) {
        if (!Double.isFinite(value)) {
            array.addNull();
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            array.add((long) value);
        } else {
            array.add((float) value);
        }
    }
}
