package alexnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;

/** The page as a browser shows it. */
class BrowserTest {

    /** Of the charts that are shown, those in which nothing is drawn. */
    private static final String BLANK = """
            [...document.querySelectorAll('.chart:not([hidden])')].filter(chart => {
              const canvas = chart.querySelector('.plot canvas');
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              return new Set(new Uint32Array(pixels.buffer)).size < 20;
            }).map(chart => chart.id)""";

    private static Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Browser.installed().isPresent(), "there is no Chromium: nobody looks at the page");
        browser = new Browser(Browser.installed().orElseThrow());
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    private String file(ReportedRun... runs) throws IOException {
        return Files.write(folder.resolve("page.html"), Page.of(List.of(runs))).toUri().toString();
    }

    private static ReportedRun full(String name, int steps) {
        return new ReportedRun(Samples.run(name, steps), Samples.findings());
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
    void allIsDrawnWithinTheWindowAndNothingIsAskedOfAnyNetwork(int width, boolean dark) throws IOException {
        String page = file(full(Samples.NAMES.get(4), 5000), full(Samples.NAMES.getFirst(), 700));
        browser.open(page, width, dark);
        assertEquals("[\"Configuration: what is the same\"]", browser.evaluate("[...document.querySelectorAll('#setup summary')].map(each => each.textContent)").toString());
        assertEquals(List.of(), browser.complaints());
        assertEquals(List.of(page), browser.requests().stream().filter(url -> !url.startsWith("data:")).toList());
        // A phone makes its window as wide as what it shows.
        assertEquals(width, browser.evaluate("Math.max(innerWidth, document.documentElement.scrollWidth)").asInt());
        assertEquals(7, browser.evaluate("document.querySelectorAll('.chart:not([hidden])').length").asInt());
        assertEquals("[]", browser.evaluate(BLANK).toString());
        assertTrue(browser.evaluate("[...document.querySelectorAll('img')].every(image => image.decode && image.alt)").asBoolean());
        assertEquals(dark, browser.evaluate("getComputedStyle(document.documentElement).backgroundColor === 'rgb(21, 23, 27)'").asBoolean());
    }

    @Test
    void namesAreShownAndDoNothing() throws IOException {
        browser.open(file(full(Samples.NAMES.getFirst(), 300)), 1280, false);
        assertTrue(browser.evaluate("window.hacked === undefined").asBoolean());
        assertEquals(Samples.NAMES.getFirst(), browser.evaluate("document.querySelector('h1').textContent").asText());
        assertEquals(Samples.NAMES.get(1), browser.evaluate("document.querySelectorAll('.truth bdi')[1].textContent").asText());
        assertEquals(2, browser.evaluate("document.querySelectorAll('.sheet canvas').length").asInt());
    }

    @Test
    void keysTellValuesAndZoomAndHeadsSort() throws IOException {
        browser.open(file(full("run", 1000)), 1280, false);
        String values = "document.querySelector('#training-loss .where').textContent";
        assertEquals("Last, at step 1,000", browser.evaluate(values).asText());
        browser.evaluate("document.querySelector('#training-loss .plot').focus()");
        browser.press("Home");
        assertEquals("At step 1", browser.evaluate(values).asText());
        browser.press("End");
        browser.press("+");
        assertEquals("[500,1000]", browser.evaluate("[Math.round(report.curves.view.range[0]), Math.round(report.curves.view.range[1])]").toString());
        browser.press("0");
        assertTrue(browser.evaluate("report.curves.view.range === null").asBoolean());

        String first = "document.querySelector('.classes tbody tr .number:nth-child(3)').textContent";
        browser.evaluate("document.querySelectorAll('.classes thead button')[2].click()");
        double best = Double.parseDouble(browser.evaluate(first).asText().replace("\u00A0%", ""));
        assertEquals("descending", browser.evaluate("document.querySelectorAll('.classes thead th')[2].ariaSort").asText());
        browser.evaluate("document.querySelectorAll('.classes thead button')[2].click()");
        assertTrue(Double.parseDouble(browser.evaluate(first).asText().replace("\u00A0%", "")) < best);
        assertEquals(20, browser.evaluate("document.querySelectorAll('.classes tbody tr').length").asInt());
        browser.evaluate("document.querySelector('.more').click()");
        assertEquals(68, browser.evaluate("document.querySelectorAll('.classes tbody tr').length").asInt());
    }

    @Test
    void theSwitchTurnsThePageDark() throws IOException {
        browser.open(file(full("run", 300)), 1280, false);
        String background = "getComputedStyle(document.documentElement).backgroundColor";
        String light = browser.evaluate(background).asText();
        browser.evaluate("document.querySelectorAll('.themes input')[2].click()");
        assertNotEquals(light, browser.evaluate(background).asText());
        assertEquals("[]", browser.evaluate(BLANK).toString());
        assertEquals(List.of(), browser.complaints());
        browser.evaluate("document.querySelectorAll('.themes input')[0].click()");
    }

    @Test
    void aRunWithoutAnythingSaysWhatIsMissing() throws IOException {
        Files.writeString(folder.resolve("losses.csv"), "step,epoch,lr,loss\n");
        browser.open(file(new ReportedRun(RunReader.read(folder, "new"), Findings.none("what it has learnt: no checkpoint"))), 390, false);
        assertEquals(List.of(), browser.complaints());
        assertEquals("Left outwhat it has learnt: no checkpointthe measurements: there is no metrics.csv in the run's folder",
                browser.evaluate("document.querySelector('#left-out').textContent").asText());
    }

    @Test
    void thePageOfARunThatGoesOnFollowsIt() throws IOException {
        LiveRun run = new LiveRun();
        try (LiveServer server = LiveServer.start(InetAddress.getLoopbackAddress(), 0, null, run)) {
            browser.open(server.url(), 1280, false);
            run.on(new RunEvent.Started(new RunPlan("alexnet", Samples.NAMES, 100, 10, 32, 0.2, folder), new Place(0, 1, 0, 10), List.of()));
            for (int step = 1; step <= 40; step++) {
                run.on(new RunEvent.StepFinished(new Place(step, 1, step, 10), 32, 0.1, 2.0 / step, 0.1, 0.01));
            }
            run.on(new RunEvent.Warned(new Place(40, 1, 40, 10), Samples.NAMES.getFirst()));
            String text = "new Promise((done, fail) => { const wait = n => %s ? done(true) : n > 200 ? fail(new Error(document.body.innerText)) : setTimeout(wait, 100, n + 1); wait(0); })";
            browser.evaluate(text.formatted("document.querySelector('.status').textContent.includes('40 of 100 steps')"));
            assertEquals(folder.getFileName().toString(), browser.evaluate("document.querySelector('h1').textContent").asText());
            assertEquals("[]", browser.evaluate(BLANK).toString());
            run.on(new RunEvent.StepFinished(new Place(41, 1, 41, 10), 32, 0.1, 0.5, 0.1, 0.01));
            run.on(new RunEvent.Ended(new Place(41, 1, 41, 10), RunEvent.Reason.STOPPED, List.of()));
            browser.evaluate(text.formatted("document.querySelector('.status').textContent.includes('stopped as asked')"));
            assertEquals("[1,41,41]", browser.evaluate("[report.runs[0].curves.step[0], report.runs[0].curves.step.length, report.runs[0].curves.waiting.mean.length]").toString());
            assertEquals("step 40: " + Samples.NAMES.getFirst(), browser.evaluate("document.querySelector('.warnings li').textContent").asText());
            assertEquals(List.of(), browser.complaints());
            assertTrue(browser.requests().stream().allMatch(url -> url.startsWith(server.url()) || url.startsWith("data:")), browser.requests().toString());
        }
    }
}
