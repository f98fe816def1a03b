package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;

import alexnet.report.LiveRun;
import alexnet.report.LiveServer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a page shows the run while it goes on, and to whom. */
@Section("Watching")
final class LiveOptions {

    /** {@code --live} without a port. */
    private static final String ANY_PORT = "any";
    private static final int HIGHEST_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--live", paramLabel = "PORT", arity = "0..1", fallbackValue = ANY_PORT,
            description = "Serve a page that shows how the run goes on, to this machine alone. Default of PORT: " + LiveServer.PORT
                    + ", or a free one where that is taken.")
    private String port;

    @Option(names = "--live-address", paramLabel = "ADDRESS",
            description = "With --live-token: serve the page to other machines, on this address of this one; 0.0.0.0 is all of them. It is"
                    + " not encrypted.")
    private String address;

    @Option(names = "--live-token", paramLabel = "TOKEN", defaultValue = "${env:ALEXNET_LIVE_TOKEN}",
            description = "Show the page only to who adds ?token=TOKEN to its address. ALEXNET_LIVE_TOKEN tells it unseen by other users.")
    private String token;

    /**
     * A run's page.
     *
     * @param run    is told how it goes on
     * @param server shows it
     */
    record Live(LiveRun run, LiveServer server) implements AutoCloseable {

        @Override
        public void close() {
            server.close();
        }
    }

    /**
     * Begins to serve the page, so that a port that is taken is found before the work.
     *
     * @return null if no page is asked for
     */
    Live start(PrintWriter err) {
        Usage.require(spec, port != null || address == null && !isTokenGiven(), "--live-address and --live-token go with --live");
        if (port == null) {
            return null;
        }
        Usage.require(spec, token == null || !token.isBlank(), "--live-token is empty");
        InetAddress listens = address();
        Usage.require(spec, token != null || listens.isLoopbackAddress(), "--live-address " + address
                + " lets other machines see the page: name a --live-token that they have to give");
        Integer number = port();
        LiveRun run = new LiveRun();
        try {
            LiveServer server = LiveServer.start(listens, number, token, run);
            err.println("the run is shown at " + server.url() + (token == null ? "" : "?token=... (the one of --live-token)"));
            return new Live(run, server);
        } catch (IOException failure) {
            throw Usage.mistake(spec, "--live: cannot listen at " + listens.getHostAddress() + ", port " + (number == null ? LiveServer.PORT : number)
                    + ": " + failure.getMessage() + "; name another port, or 0 for any that is free");
        }
    }

    private boolean isTokenGiven() {
        return spec.commandLine().getParseResult().hasMatchedOption("--live-token");
    }

    private InetAddress address() {
        try {
            return address == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw Usage.mistake(spec, "--live-address " + address + " is no address of this machine");
        }
    }

    private Integer port() {
        if (port.equals(ANY_PORT)) {
            return null;
        }
        try {
            int number = Integer.parseInt(port);
            if (number >= 0 && number <= HIGHEST_PORT) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Told below.
        }
        throw Usage.mistake(spec, "--live is " + port + ", must be a port, 0 to " + HIGHEST_PORT);
    }
}
