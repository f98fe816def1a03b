package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class GivenOptionsTest {

    @Command(name = "any")
    private static final class AnyCommand {

        @Option(names = {"-n", "--number"})
        private int number;

        @Option(names = "--flag")
        private boolean flag;

        @Option(names = "--live-token")
        private String token;

        @Option(names = "--from")
        private String from;
    }

    @Test
    void optionsAreToldByTheirNamesAsTheyWereWritten() {
        assertEquals(Map.of("--number", "007", "--flag", "true", "--live-token", "***", "--from", "https://***@host/x"),
                GivenOptions.of(new CommandLine(new AnyCommand()).parseArgs("-n", "007", "--flag", "--live-token=hush", "--from", "https://me:hush@host/x")));
    }

    @Test
    void secretsAreLeftOutOfACommandLine() {
        assertEquals(List.of("train", "--live-token", "***", "--live", "--live-token=***", "-Dproxy.password=***", "-Dsecret", "-Xmx1g", "ftp://***@host"),
                GivenOptions.masked(List.of("train", "--live-token", "hush", "--live", "--live-token=hush", "-Dproxy.password=hush", "-Dsecret", "-Xmx1g",
                        "ftp://me:hush@host")));
    }

    @Test
    void aSecretThatLooksLikeAnOptionIsNone() {
        assertEquals(List.of("--live-token", "***", "--live"), GivenOptions.masked(List.of("--live-token", "--token", "--live")));
    }
}
