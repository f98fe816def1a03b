package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.profile.StepProfile.Work;

class WorkerServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Notes what it is asked for. */
    private static final class Noting implements Contestant {

        private final List<String> calls = new ArrayList<>();
        /** As this program's networks do, which also hand out their weights. */
        private final boolean knowsItsParts;

        Noting(boolean knowsItsParts) {
            this.knowsItsParts = knowsItsParts;
        }

        @Override
        public Identity identity() {
            return new Identity("engine", "1", "cpu", "a processor");
        }

        @Override
        public void run(Pass pass) {
            calls.add(pass.label());
        }

        @Override
        public float[] logits() {
            return new float[] {1.5f, Float.NaN};
        }

        @Override
        public void share(Path file) throws IOException {
            if (!knowsItsParts) {
                throw new IOException("No space left on device");
            }
            calls.add("share " + file);
        }

        @Override
        public Optional<Anatomy> anatomy() {
            calls.add("anatomy");
            return knowsItsParts ? Optional.of(new Anatomy() {
                @Override
                public Limits limits() {
                    return new Limits(100, 10);
                }

                @Override
                public StepParts step() {
                    return new StepParts(2, List.of(new StepParts.Part("conv1", Work.BACKWARD, 2)));
                }

                @Override
                public void close() {
                    calls.add("anatomy closed");
                }
            }) : Optional.empty();
        }

        @Override
        public void close() {
            calls.add("closed");
        }
    }

    private static List<JsonNode> serve(Contestant contestant, String... requests) throws IOException {
        ByteArrayOutputStream replies = new ByteArrayOutputStream();
        new WorkerServer(contestant).serve(new ByteArrayInputStream(String.join("\n", requests).getBytes(StandardCharsets.UTF_8)), replies);
        List<JsonNode> parsed = new ArrayList<>();
        for (String line : replies.toString(StandardCharsets.UTF_8).lines().toList()) {
            parsed.add(JSON.readTree(line));
        }
        return parsed;
    }

    @Test
    void everyRequestIsALineAndSoIsItsAnswer() throws IOException {
        Noting contestant = new Noting(true);
        List<JsonNode> replies = serve(contestant, "{\"ask\":\"introduce\"}", "{\"ask\":\"steps\",\"pass\":\"TRAINING\",\"count\":2}",
                "{\"ask\":\"steps\",\"pass\":\"FORWARD\",\"count\":1}", "{\"ask\":\"memory\"}");
        assertEquals(List.of("training", "training", "forward"), contestant.calls);
        assertEquals("a processor", replies.get(0).at("/identity/name").asText());
        assertTrue(replies.get(0).get("startSeconds").asDouble() > 0);
        assertEquals(2, replies.get(1).get("seconds").size());
        assertTrue(replies.get(1).at("/seconds/0").asDouble() >= 0);
        assertEquals("peak", replies.get(3).get("reply").asText());
        assertEquals(4, replies.size());
    }

    @Test
    void weightsGoToAFileAndLogitsIntoTheAnswer() throws IOException {
        Noting contestant = new Noting(true);
        List<JsonNode> replies = serve(contestant, "{\"ask\":\"share\",\"file\":\"weights\"}", "{\"ask\":\"logits\"}");
        assertEquals(List.of("share weights"), contestant.calls);
        assertEquals("shared", replies.get(0).get("reply").asText());
        Reply.Logits logits = (Reply.Logits) JSON.treeToValue(replies.get(1), Reply.class);
        assertArrayEquals(new float[] {1.5f, Float.NaN}, logits.values());
    }

    @Test
    void weightsThatCannotBeWrittenEndTheWorker() {
        String message = assertThrows(UncheckedIOException.class, () -> serve(new Noting(false), "{\"ask\":\"share\",\"file\":\"weights\"}")).getMessage();
        assertEquals("the weights for peers cannot be written to weights: No space left on device", message);
    }

    @Test
    void partsAreMeasuredInOneNetworkHoweverOftenTheyAreAskedFor() throws IOException {
        Noting contestant = new Noting(true);
        List<JsonNode> replies = serve(contestant, "{\"ask\":\"dissect\",\"count\":1}", "{\"ask\":\"dissect\",\"count\":3}");
        assertEquals(List.of("anatomy", "anatomy closed"), contestant.calls);
        assertEquals(3, replies.get(1).get("steps").size());
        assertEquals("BACKWARD", replies.get(1).at("/steps/0/parts/0/work").asText());
        assertEquals(100, replies.get(0).at("/limits/gflops").asInt());
    }

    @Test
    void aPeerHasNoPartsToTell() throws IOException {
        List<JsonNode> replies = serve(new Noting(false), "{\"ask\":\"dissect\",\"count\":1}");
        assertTrue(replies.getFirst().get("limits").isNull());
        assertEquals(0, replies.getFirst().get("steps").size());
    }

    @Test
    void whatIsNoRequestEndsTheWorker() {
        assertThrows(JsonProcessingException.class, () -> serve(new Noting(false), "{\"ask\":\"sleep\"}"));
    }
}
