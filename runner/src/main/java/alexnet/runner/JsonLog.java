package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.Histogram;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;

/** Tells programs how work goes on: an object of JSON in each line, with the fields that docs/training.md lists. */
final class JsonLog implements RunSink {

    private static final PropertyNamingStrategies.SnakeCaseStrategy NAMES = new PropertyNamingStrategies.SnakeCaseStrategy();
    private static final JsonMapper MAPPER = JsonMapper.builder().propertyNamingStrategy(NAMES).enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .addModule(new SimpleModule().addSerializer(double.class, new Finite()).addSerializer(Double.class, new Finite())
                    .addSerializer(Path.class, ToStringSerializer.instance))
            .addMixIn(RunEvent.LayersMeasured.class, WithoutFilters.class).addMixIn(Histogram.class, WithoutBuckets.class)
            .addMixIn(RunEvent.Ended.class, WithoutHistory.class).build();

    private final PrintWriter out;
    private final Clock clock;

    /** @param out gets the lines, and should get nothing else */
    JsonLog(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void on(RunEvent event) {
        write(event);
    }

    /** Writes the line of a record: its name is the event's, and what records within it hold stands beside its own. */
    void write(Object event) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("event", NAMES.translate(event.getClass().getSimpleName()));
        for (Map.Entry<String, JsonNode> field : MAPPER.<ObjectNode>valueToTree(event).properties()) {
            if (field.getValue() instanceof ObjectNode inner) {
                line.setAll(inner);
            } else {
                line.set(field.getKey(), field.getValue());
            }
        }
        try {
            out.println(MAPPER.writeValueAsString(line));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** JSON has no numbers that are not finite. */
    private static final class Finite extends StdSerializer<Double> {

        private static final long serialVersionUID = 1L;

        Finite() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                generator.writeNumber(value);
            } else {
                generator.writeNull();
            }
        }
    }

    /** The run folder's files have them. */
    private interface WithoutFilters {

        @JsonIgnore
        FilterBank firstFilters();
    }

    private interface WithoutBuckets {

        @JsonIgnore
        double[] limits();

        @JsonIgnore
        long[] counts();
    }

    /** It was told, measurement by measurement. */
    private interface WithoutHistory {

        @JsonIgnore
        List<Metrics> history();
    }
}
