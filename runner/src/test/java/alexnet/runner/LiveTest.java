package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** {@code train --live}. */
@SameOnEveryRuntime
class LiveTest {

    private static final Pattern ADDRESS = Pattern.compile("the run is shown at (http://\\S+?/)");
    private static final String TOKEN = "a-token-of-mine";

    @TempDir
    private Path folder;

    private Execution train(Object... more) {
        return Execution.of(Stream.concat(Stream.of("train", "--data", folder.resolve("nothing"), "--output", folder.resolve("run")), Stream.of(more)).toArray());
    }

    private static String address(LongTraining training) {
        training.awaitErr("the run is shown at");
        Matcher address = ADDRESS.matcher(training.err());
        assertTrue(address.find(), training.err());
        return address.group(1);
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aRunIsShownWhileItGoesOnAndWhoDoesNotReadDoesNotHoldItUp() throws IOException, InterruptedException {
        Path images = LongTraining.images(folder);
        try (LongTraining training = LongTraining.start(images, folder.resolve("run"), "exec \"$@\"", List.of(), "--live", 0)) {
            String address = address(training);
            training.awaitSteps(6);
            URI url = URI.create(address);
            List<Socket> idle = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket(url.getHost(), url.getPort());
                socket.getOutputStream().write("GET /data.json HTTP/1.1\r\n".getBytes());
                idle.add(socket);
            }
            training.awaitSteps(training.steps() + 4);
            assertTrue(get(address).body().contains("Content-Security-Policy"));
            JsonNode data = new ObjectMapper().readTree(get(address + "data.json").body());
            JsonNode run = data.path("runs").path(0);
            assertEquals("run", run.path("name").asText());
            assertTrue(run.path("step").asInt() >= 6, data.toString());
            assertEquals(4, run.path("stepsAnEpoch").asInt());
            assertFalse(run.path("config").isMissingNode());
            assertTrue(run.path("measured").path("step").size() > 0);
            for (Socket socket : idle) {
                socket.close();
            }
            training.signal("INT");
            assertEquals(ExitCode.INTERRUPTED.code(), training.awaitEnd());
        }
    }

    @Test
    void aTokenLetsInWhoHasItAndIsWrittenNowhere() throws IOException, InterruptedException {
        Path images = LongTraining.images(folder);
        Path run = folder.resolve("run");
        try (LongTraining training = LongTraining.start(images, run, "exec \"$@\"", List.of(), "--live=0", "--live-address", "127.0.0.1", "--live-token", TOKEN)) {
            String address = address(training);
            assertEquals(403, get(address).statusCode());
            assertEquals(403, get(address + "data.json?token=" + TOKEN + "x").statusCode());
            assertEquals(200, get(address + "data.json?token=" + TOKEN).statusCode());
            training.awaitSteps(1);
            assertFalse(training.err().contains(TOKEN));
            for (String file : List.of("config.yaml", "config.json", "environment.json")) {
                assertFalse(Files.readString(run.resolve(file)).contains(TOKEN), file);
            }
            assertFalse(get(address + "?token=" + TOKEN).body().contains(TOKEN), "the page");
        }
    }

    @Test
    void aPortThatIsTakenIsToldBeforeAnythingElse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TrainingTest.assertFails(ExitCode.USAGE, "port " + other.getLocalPort(), train("--live", other.getLocalPort()));
        }
        assertFalse(Files.exists(folder.resolve("run")));
    }

    @Test
    void othersAreLetInByATokenAlone() {
        TrainingTest.assertFails(ExitCode.USAGE, "name a --live-token", train("--live", "--live-address", "0.0.0.0"));
        TrainingTest.assertFails(ExitCode.USAGE, "--live-token is empty", train("--live", "--live-address", "0.0.0.0", "--live-token", ""));
        TrainingTest.assertFails(ExitCode.USAGE, "go with --live", train("--live-token", TOKEN));
        TrainingTest.assertFails(ExitCode.USAGE, "go with --live", train("--live-address", "127.0.0.1"));
        TrainingTest.assertFails(ExitCode.USAGE, "--live is 70000, must be a port", train("--live", 70_000));
        TrainingTest.assertFails(ExitCode.USAGE, "no address of this machine", train("--live", "--live-address", "no such address"));
        TrainingTest.assertFails(ExitCode.USAGE, "192.0.2.1", train("--live", "--live-address", "192.0.2.1", "--live-token", TOKEN));
    }

    @Test
    void whatIsNoRunIsToldByName() throws IOException {
        TrainingTest.assertFails(ExitCode.USAGE, "nowhere is no folder", Execution.of("report", "nowhere"));
        TrainingTest.assertFails(ExitCode.USAGE, folder + " holds no training run", Execution.of("report", folder));
        Files.writeString(folder.resolve("losses.csv"), "step,epoch,lr,loss\n1,1,0.1,2\n");
        TrainingTest.assertFails(ExitCode.OUTPUT, "cannot write to", Execution.of("report", "--curves-only", folder, "--output", folder));
    }
}
