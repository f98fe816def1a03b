package alexnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

class PageTest {

    private static final Pattern DATA = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final int RUN_BYTES = 400_000;

    private static String page(ReportedRun... runs) {
        return new String(Page.of(List.of(runs)), StandardCharsets.UTF_8);
    }

    @Test
    void namesArriveAsTheyAreAndEndNothing() throws IOException {
        String html = page(new ReportedRun(Samples.run(Samples.NAMES.getFirst(), 300), Samples.findings()));
        Matcher data = DATA.matcher(html);
        assertTrue(data.find());
        assertFalse(data.group(1).contains("<"), "HTML in the data");
        JsonNode run = new ObjectMapper().readTree(data.group(1)).path("runs").path(0);
        assertEquals(Samples.NAMES.getFirst(), run.path("name").asText());
        JsonNode predictions = run.path("findings").path("predictions");
        for (int i = 0; i < Samples.NAMES.size(); i++) {
            assertEquals(Samples.NAMES.get(i), predictions.path(i).path("photograph").path("className").asText());
        }
        assertEquals(4, html.split("<script", -1).length, "script elements, and text before them");
        assertFalse(Pattern.compile("<(img|link|script|iframe)[^>]*(src|href)=\"(?!data:)").matcher(html.replace(data.group(), "")).find());
    }

    @Test
    void aRunOfAMillionStepsMakesASmallPage() {
        int empty = page(new ReportedRun(Samples.run("short", 1), Findings.none("no data"))).length();
        int large = page(new ReportedRun(Samples.run("long", 1_000_000), Findings.none("no data"))).length();
        assertTrue(large - empty < RUN_BYTES, large - empty + " characters for the curves");
    }
}
