package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Prints predictions as they come. */
sealed interface PredictionReport extends AutoCloseable {

    /** Prints one. */
    void add(Prediction prediction);

    @Override
    void close();

    /** For people: a line with the file, then one for each class. */
    record Text(PrintWriter out) implements PredictionReport {

        @Override
        public void add(Prediction prediction) {
            out.println(prediction.file());
            for (Prediction.Guess guess : prediction.predictions()) {
                out.println(String.format(Locale.ROOT, "  %6.2f %%  %s", 100 * guess.probability(), guess.shown()));
            }
            out.flush();
        }

        @Override
        public void close() {
        }
    }

    /** For programs: one array with an object for each image. */
    final class Json implements PredictionReport {

        /** What the terminal's encoding lacks must not become a question mark. */
        private static final JsonMapper MAPPER = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                // That nothing can be written is no fault of a prediction.
                .disable(SerializationFeature.WRAP_EXCEPTIONS).build();

        private final PrintWriter out;
        private final SequenceWriter array;

        Json(PrintWriter out) {
            this.out = out;
            try {
                // The sequence's end must not be that of the process' output.
                array = MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValuesAsArray(out);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public void add(Prediction prediction) {
            try {
                array.write(prediction);
                array.flush();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        @Override
        public void close() {
            try {
                array.close();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            out.println();
            out.flush();
        }
    }
}
