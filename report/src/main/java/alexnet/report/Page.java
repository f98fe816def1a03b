package alexnet.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The page of one or several runs: one HTML file with its styles, its script, uPlot's, and what it shows. Its content security
 * policy lets no other script run and, but for the page while training goes on, nothing be asked of any network.
 */
public final class Page {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
    private static final List<String> SCRIPTS = List.of("words.js", "charts.js", "curves.js", "figures.js", "tables.js", "live.js", "page.js");

    private Page() {
    }

    /** The file, in UTF-8. */
    public static byte[] of(List<ReportedRun> runs) {
        return html(PageData.of(runs), "'none'");
    }

    /** The page that asks the server it comes from for what is new. */
    static byte[] live(ObjectNode data) {
        return html(data, "'self'");
    }

    private static byte[] html(ObjectNode data, String connections) {
        String styles = resource(UPLOT + "uPlot.min.css") + resource("page.css");
        String charts = resource(UPLOT + "uPlot.iife.min.js");
        String script = SCRIPTS.stream().map(Page::resource).collect(Collectors.joining("", "\"use strict\";\n", ""));
        String policy = "default-src 'none'; img-src data:; connect-src " + connections + "; style-src " + hash(styles)
                + "; script-src " + hash(charts) + " " + hash(script) + "; base-uri 'none'; form-action 'none'";
        // The data come last: they may hold any text.
        return resource("page.html").replace("@POLICY@", policy).replace("@STYLES@", styles).replace("@UPLOT@", charts)
                .replace("@SCRIPT@", script).replace("@DATA@", escape(data.toString())).getBytes(StandardCharsets.UTF_8);
    }

    /** Within a script element only these could end it or change how it ends; in JSON they stand in strings alone. */
    private static String escape(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String uplotVersion() {
        Properties properties = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/uplot/pom.properties")) {
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(Page.class.getResourceAsStream(name), name);
    }

    private static String resource(String name) {
        try (InputStream in = open(name)) {
            // A browser hashes what it has read, with one kind of line end.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
