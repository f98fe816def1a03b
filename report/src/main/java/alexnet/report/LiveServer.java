package alexnet.report;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Serves the page of a run that goes on: {@code /} is the page, {@code /data.json} what is new. It answers GET alone and serves no
 * files. Without a token it listens to this machine and answers who calls it by this machine's own names, so that a page of
 * somewhere else cannot have a browser read it under a name of its own.
 */
public final class LiveServer implements AutoCloseable {

    /** The port where none is asked for, if it is free. */
    public static final int PORT = 8012;

    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final String BEARER = "Bearer ";

    static {
        // Who is slow or comes in numbers is let go; these are read once, when the first server of the process is made.
        Map.of("sun.net.httpserver.maxReqTime", "10", "sun.net.httpserver.maxRspTime", "60", "jdk.httpserver.maxConnections", "64")
                .forEach((name, value) -> System.setProperty(name, System.getProperty(name, value)));
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LiveRun run;
    private final String token;
    private final String host;

    private LiveServer(HttpServer server, String host, String token, LiveRun run) {
        this.server = server;
        this.host = host;
        this.token = token;
        this.run = run;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Begins to serve.
     *
     * @param address to listen on
     * @param port    0 takes any that is free; null takes {@link #PORT}, or any that is free where that is taken
     * @param token   that has to be given as {@code ?token=} or as {@code Authorization: Bearer}; null asks for none
     * @throws IOException              if it cannot listen there
     * @throws IllegalArgumentException if others could reach it, and no token is asked for
     */
    public static LiveServer start(InetAddress address, Integer port, String token, LiveRun run) throws IOException {
        if (token == null && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException(address + " needs a token");
        }
        return new LiveServer(bind(address, port), address.getHostAddress(), token, run);
    }

    private static HttpServer bind(InetAddress address, Integer port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(address, port == null ? PORT : port), 0);
        } catch (BindException taken) {
            if (port != null) {
                throw taken;
            }
            return HttpServer.create(new InetSocketAddress(address, 0), 0);
        }
    }

    /** Where the page is; the token has to be added. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            Headers headers = exchange.getRequestHeaders();
            String path = exchange.getRequestURI().getPath();
            if (!isInvited(headers, query)) {
                send(exchange, FORBIDDEN, "text/plain", text(token == null ? "Call this page by the address that train has told."
                        : "Add ?token=... with the token that train was started with."));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, NOT_ALLOWED, "text/plain", text("GET alone."));
            } else if ("/".equals(path)) {
                send(exchange, OK, "text/html", Page.live(run.all()));
            } else if ("/data.json".equals(path)) {
                send(exchange, OK, "application/json", text(run.since(whole(query, "since", 0), whole(query, "generation", -1),
                        whole(query, "seen", -1)).toString()));
            } else {
                send(exchange, NOT_FOUND, "text/plain", text("There is / and /data.json."));
            }
        }
    }

    private boolean isInvited(Headers headers, Map<String, String> query) {
        if (token == null) {
            String port = ":" + port();
            return List.of("localhost" + port, "127.0.0.1" + port, "[::1]" + port, host + port, "[" + host + "]" + port)
                    .contains(String.valueOf(headers.getFirst("Host")));
        }
        String authorization = headers.getFirst("Authorization");
        String given = authorization != null && authorization.startsWith(BEARER) ? authorization.substring(BEARER.length())
                : query.getOrDefault("token", "");
        // Takes as long wherever they differ.
        return MessageDigest.isEqual(text(token), text(given));
    }

    private static void send(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Content-Security-Policy", "frame-ancestors 'none'");
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (accepted != null && accepted.contains("gzip")) {
            headers.set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(code, 0);
            try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
                out.write(body);
            }
        } else {
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> values = new HashMap<>();
        if (raw != null) {
            for (String part : raw.split("&")) {
                int equals = part.indexOf('=');
                if (equals > 0) {
                    values.put(part.substring(0, equals), decode(part.substring(equals + 1)));
                }
            }
        }
        return values;
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    private static int whole(Map<String, String> query, String name, int otherwise) {
        try {
            return Integer.parseInt(query.getOrDefault(name, ""));
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
