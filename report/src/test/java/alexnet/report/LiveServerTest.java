package alexnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;

class LiveServerTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String TOKEN = "täken &=";

    private final LiveRun run = new LiveRun();

    @TempDir
    private Path folder;

    /** The first line of the answer to a request that a Java client would not make. */
    private static String ask(LiveServer server, String request) throws IOException {
        URI url = URI.create(server.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write((request.replace("PORT", Integer.toString(url.getPort())) + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET / HTTP/1.1|Host: 127.0.0.1:PORT|200",
        "GET /data.json HTTP/1.1|Host: localhost:PORT|200",
        "GET /data.json?since=x&generation=99999999999&seen HTTP/1.1|Host: localhost:PORT|200",
        "GET /data.json?since=-5&generation=0 HTTP/1.1|Host: localhost:PORT|200",
        "GET / HTTP/1.1|Host: evil.example:PORT|403",
        "GET / HTTP/1.1|Host: 127.0.0.1.evil.example:PORT|403",
        "GET / HTTP/1.1|Host: 127.0.0.1|403",
        "GET / HTTP/1.1|X-Host: none|403",
        "POST / HTTP/1.1|Host: 127.0.0.1:PORT|405",
        "DELETE /data.json HTTP/1.1|Host: 127.0.0.1:PORT|405",
        "GET /../../etc/passwd HTTP/1.1|Host: 127.0.0.1:PORT|404",
        "GET /losses.csv HTTP/1.1|Host: 127.0.0.1:PORT|404"})
    void answersThisMachineAlone(String request, String host, int code) throws IOException {
        try (LiveServer server = LiveServer.start(HERE, 0, null, run)) {
            assertEquals("HTTP/1.1 " + code, ask(server, request + "\r\n" + host).substring(0, 12));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GET / HTTP/1.1|403",
        "GET /data.json?token= HTTP/1.1|403",
        "GET /?token=t%C3%A4ken HTTP/1.1|403",
        "GET /?token=%zz HTTP/1.1|400",
        "GET /?token=t%C3%A4ken%20%26%3D HTTP/1.1|200",
        "GET /data.json?since=0&token=t%C3%A4ken+%26%3D HTTP/1.1|200",
        "POST /?token=t%C3%A4ken%20%26%3D HTTP/1.1|405"})
    void withATokenAnswersWhoHasIt(String request, int code) throws IOException {
        try (LiveServer server = LiveServer.start(InetAddress.getByName("0.0.0.0"), 0, TOKEN, run)) {
            assertEquals("HTTP/1.1 " + code, ask(server, request + "\r\nHost: machine.example:PORT").substring(0, 12));
        }
    }

    @Test
    void aTokenMayBeAHeader() throws IOException {
        try (LiveServer server = LiveServer.start(HERE, 0, "secret", run)) {
            assertEquals("HTTP/1.1 200 OK", ask(server, "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret"));
            assertEquals("HTTP/1.1 403 Forbidden", ask(server, "GET /?token=secret HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secrets"));
        }
    }

    @Test
    void othersNeedATokenAndAPortCanBeTaken() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> LiveServer.start(InetAddress.getByName("0.0.0.0"), 0, null, run));
        try (LiveServer first = LiveServer.start(HERE, null, null, run); LiveServer second = LiveServer.start(HERE, null, null, run)) {
            assertTrue(!first.url().equals(second.url()));
            int port = URI.create(first.url()).getPort();
            assertThrows(BindException.class, () -> LiveServer.start(HERE, port, null, run));
        }
    }

    @Test
    void tellsWhatIsNewAlone() {
        start(10_000);
        IntStream.rangeClosed(1, 30).forEach(this::step);
        JsonNode all = run.all();
        assertEquals(30, curves(all).path("step").size());
        int generation = curves(all).path("generation").asInt();
        int version = all.path("live").path("version").asInt();
        step(31);
        JsonNode news = run.since(29, generation, version);
        assertEquals(29, curves(news).path("from").asInt());
        assertEquals(List.of(30, 31), ints(curves(news).path("step")));
        assertTrue(news.path("runs").path(0).path("measured").isMissingNode());
        run.on(new RunEvent.Validated(place(31), metrics(31), true, 100, 2));
        run.on(new RunEvent.LayersMeasured(place(31), List.of(), new FilterBank(new float[96 * 9], 96, 1, 3)));
        news = run.since(31, generation, version);
        assertEquals(31, news.path("runs").path(0).path("measured").path("step").path(0).asInt());
        assertEquals(96, news.path("runs").path(0).path("filters").path("filters").asInt());
        // After going back, all is new.
        step(5);
        assertEquals(0, curves(run.since(31, generation, version)).path("from").asInt());
    }

    @Test
    void aRunThatGoesBackLosesWhatLiesBehindThatPlace() {
        start(100);
        IntStream.rangeClosed(1, 30).forEach(this::step);
        run.on(new RunEvent.Validated(place(10), metrics(10), true, 100, 2));
        run.on(new RunEvent.Validated(place(30), metrics(30), true, 100, 2));
        JsonNode seen = run.all();
        run.on(new RunEvent.Started(plan(100), place(20), List.of(metrics(10))));
        JsonNode news = run.since(30, curves(seen).path("generation").asInt(), seen.path("live").path("version").asInt());
        assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), ints(curves(news).path("step")));
        assertEquals(List.of(10), ints(news.path("runs").path(0).path("measured").path("step")));
        assertTrue(news.path("live").path("secondsLeft").isMissingNode(), "nothing is known yet of the steps from there");
        step(21);
        assertEquals(8, run.all().path("live").path("secondsLeft").asInt(), "79 steps of 0.1 s");
    }

    @Test
    void aLongRunTakesNoMoreMemoryThanAShortOne() throws IOException {
        start(10_000_000);
        for (int step = 1; step <= 50_000; step++) {
            step(step);
            run.on(new RunEvent.Validated(place(step), metrics(step), true, 100, 2));
            run.on(new RunEvent.Warned(place(step), "again"));
        }
        JsonNode of = new ObjectMapper().readTree(run.all().toString()).path("runs").path(0);
        assertTrue(of.path("curves").path("step").size() <= StepCurves.CAPACITY);
        assertTrue(of.path("measured").path("step").size() <= Measurements.CAPACITY);
        assertEquals(LiveRun.WARNINGS, of.path("warnings").size());
        double seconds = StreamSupport.stream(of.path("measured").path("seconds").spliterator(), false).mapToDouble(JsonNode::asDouble).sum();
        assertEquals(100_000, seconds, "time that was measured");
    }

    private void start(long steps) {
        run.on(new RunEvent.Started(plan(steps), place(0), List.of()));
    }

    private RunPlan plan(long steps) {
        return new RunPlan("alexnet", List.of("a"), steps, 10, 32, 0.5, folder);
    }

    private static List<Integer> ints(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asInt).toList();
    }

    private void step(int step) {
        run.on(new RunEvent.StepFinished(place(step), 32, 0.1, 1.0 / step, 0.1, 0.01));
    }

    private static Place place(int step) {
        return new Place(step, 1, step, 10);
    }

    private static Metrics metrics(int step) {
        return new Metrics(step, step / 10.0, 0.1, 1, 1, 0.5, 0.75);
    }

    private static JsonNode curves(JsonNode data) {
        return data.path("runs").path(0).path("curves");
    }
}
