package alexnet.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Chromium without a window, asked by its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 60;
    private static final String LISTENING = "DevTools listening on ";

    private final Path profile;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final WebSocket socket;
    private final String session;
    private int number;

    Browser(Path program) throws IOException {
        profile = Files.createTempDirectory("browser");
        process = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        socket = client.newWebSocketBuilder().buildAsync(address(), new Listener()).join();
        String target = send(null, "Target.createTarget", node -> node.put("url", "about:blank")).path("targetId").asText();
        session = send(null, "Target.attachToTarget", node -> node.put("targetId", target).put("flatten", true)).path("sessionId").asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            send(domain + ".enable", _ -> { });
        }
    }

    /** Chromium or Chrome, where one is installed. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(":")).filter(folder -> !folder.isEmpty()).flatMap(folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst();
    }

    private URI address() throws IOException {
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> err.lines().forEach(_ -> { }));
                return URI.create(line.substring(LISTENING.length()));
            }
        }
        throw new IOException("the browser ended");
    }

    /** Sets the window's width and the system's colours, and opens a page. */
    void open(String url, int width, boolean dark) {
        send("Emulation.setDeviceMetricsOverride", node -> node.put("width", width).put("height", 900).put("deviceScaleFactor", 1).put("mobile", width < 600));
        send("Emulation.setEmulatedMedia", node -> node.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light"));
        complaints.clear();
        requests.clear();
        loaded = new CompletableFuture<>();
        send("Page.navigate", node -> node.put("url", url));
        await(loaded);
        // Charts follow the sizes that they are told of after the first layout.
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    /** The value of an expression, or of what it promises. */
    JsonNode evaluate(String expression) {
        JsonNode answer = send("Runtime.evaluate", node -> node.put("expression", expression).put("returnByValue", true).put("awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Presses a key in what has the focus. */
    void press(String key) {
        for (String type : List.of("keyDown", "keyUp")) {
            send("Input.dispatchKeyEvent", node -> node.put("type", type).put("key", key));
        }
    }

    /** The whole page, as PNG. */
    byte[] screenshot() {
        int width = evaluate("innerWidth").asInt();
        int height = evaluate("document.documentElement.scrollHeight").asInt();
        return Base64.getDecoder().decode(send("Page.captureScreenshot", node -> node.put("captureBeyondViewport", true).putObject("clip")
                .put("x", 0).put("y", 0).put("scale", 1).put("width", width).put("height", height)).path("data").asText());
    }

    /** Errors and warnings since the page was opened. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** What the page asked for since it was opened, itself included. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private JsonNode send(String method, Consumer<ObjectNode> parameters) {
        return send(session, method, parameters);
    }

    private JsonNode send(String of, String method, Consumer<ObjectNode> parameters) {
        ObjectNode message = JSON.createObjectNode().put("id", ++number).put("method", method);
        if (of != null) {
            message.put("sessionId", of);
        }
        parameters.accept(message.putObject("params"));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(number, answer);
        socket.sendText(message.toString(), true).join();
        return await(answer);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | InterruptedException | ExecutionException failure) {
            throw new IllegalStateException("the browser does not answer", failure);
        }
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = answers.remove(message.get("id").asInt());
            if (message.has("error")) {
                answer.completeExceptionally(new IllegalStateException(message.get("error").toString()));
            } else {
                answer.complete(message.path("result"));
            }
            return;
        }
        JsonNode event = message.path("params");
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.exceptionThrown" -> complaints.add(event.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert").contains(event.path("type").asText())) {
                    complaints.add(event.path("args").toString());
                }
            }
            case "Log.entryAdded" -> complaints.add(event.path("entry").toString());
            case "Network.requestWillBeSent" -> requests.add(event.path("request").path("url").asText());
            default -> { }
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    take(JSON.readTree(text.toString()));
                } catch (IOException impossible) {
                    throw new UncheckedIOException(impossible);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        client.close();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
