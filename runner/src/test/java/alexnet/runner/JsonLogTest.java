package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.Histogram;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.run.event.RunEvent;

@SameOnEveryRuntime
class JsonLogTest {

    private static final List<RunEvent> ALL = List.of(
            new RunEvent.Started(Events.plan(Path.of("l\u00E4ufe\n")), Events.place(0), List.of(Events.metrics(0, 0.5))),
            Events.step(3, Double.NaN), new RunEvent.ValidationStarted(Events.place(4), 2), new RunEvent.ValidationAdvanced(1), Events.validated(4, 4, 0.5),
            new RunEvent.LayersMeasured(Events.place(4), List.of(new LayerMeasures("conv1",
                    new Histogram(-1, 1, 2, 0, 2, new double[] {1}, new long[] {2}), new Histogram(0, 0, 2, 0, 0, new double[] {0}, new long[] {2}), 0.001, Double.NaN)), new FilterBank(new float[1], 1, 1, 1)),
            new RunEvent.CheckpointWritten(Events.place(4), Path.of("x"), 0.25), new RunEvent.Warned(Events.place(4), "\"flat\""),
            new RunEvent.Ended(Events.place(10), RunEvent.Reason.COMPLETED, List.of()));

    private static List<JsonNode> lines() {
        StringWriter out = new StringWriter();
        JsonLog log = new JsonLog(new PrintableWriter(out), Clock.fixed(Instant.parse("2030-01-02T03:04:05.678901Z"), ZoneOffset.UTC));
        for (RunEvent event : ALL) {
            log.on(event);
        }
        ObjectMapper mapper = new ObjectMapper();
        assertTrue(out.toString().chars().allMatch(character -> character == '\n' || character >= ' ' && character < 0x7F), out.toString());
        return out.toString().lines().map(line -> {
            try {
                return mapper.readTree(line);
            } catch (IOException wrong) {
                throw new AssertionError(line, wrong);
            }
        }).toList();
    }

    @Test
    void everyEventIsALineWithItsTime() {
        List<JsonNode> lines = lines();
        assertEquals(RunEvent.class.getPermittedSubclasses().length, lines.size());
        lines.forEach(line -> assertEquals("2030-01-02T03:04:05.678Z", line.get("time").textValue()));
        assertEquals("time", lines.getFirst().fieldNames().next());
        JsonNode step = lines.get(1);
        assertEquals("step_finished", step.get("event").textValue());
        assertEquals(3, step.get("step").intValue());
        assertTrue(step.get("loss").isNull(), "JSON has no NaN");
        assertEquals(0.2, step.get("waiting_seconds").doubleValue());
        assertEquals("l\u00E4ufe\n", lines.getFirst().get("folder").textValue());
        assertEquals("completed", lines.getLast().get("reason").textValue());
        assertEquals("\"flat\"", lines.get(7).get("message").textValue());
    }

    @Test
    void aRunThatGoesBackStartsOnceMore() throws IOException {
        StringWriter out = new StringWriter();
        JsonLog log = new JsonLog(new PrintableWriter(out), Clock.systemUTC());
        log.on(ALL.getFirst());
        log.on(Events.step(1, 0.7));
        log.on(new RunEvent.Started(Events.plan(Path.of("run")), Events.place(6), List.of(Events.metrics(4, 0.5))));
        JsonNode again = new ObjectMapper().readTree(out.toString().lines().toList().getLast());
        assertEquals("started", again.get("event").textValue());
        assertEquals(6, again.get("step").intValue());
        assertEquals(List.of(4), again.get("history").findValues("step").stream().map(JsonNode::intValue).toList());
    }

    /** Programs rely on them. */
    @Test
    void theFieldsAreThoseThatAreDocumented() throws IOException {
        TreeMap<String, TreeSet<String>> written = new TreeMap<>();
        for (JsonNode line : lines()) {
            TreeSet<String> names = new TreeSet<>();
            line.fieldNames().forEachRemaining(names::add);
            names.removeAll(List.of("time", "event"));
            written.put(line.get("event").textValue(), names);
        }
        TreeMap<String, TreeSet<String>> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/training.md"))) {
            if (line.startsWith("| `") && written.containsKey(line.split("`")[1])) {
                String[] cells = line.split("\\|");
                TreeSet<String> names = new TreeSet<>(List.of(cells[2].strip().replace("`", "").split(", ")));
                documented.put(line.split("`")[1], names);
            }
        }
        assertEquals(documented, written);
    }
}
