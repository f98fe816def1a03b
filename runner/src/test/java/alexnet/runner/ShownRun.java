package alexnet.runner;

import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.run.event.RunEvent;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a run that nobody trains as {@code train} would, with a driver that prints in its midst; to be started as a process. */
@Command
final class ShownRun {

    /** Time enough for some drawings of a bar. */
    private static final int STEP_MILLIS = 60;

    @Mixin
    private LogOptions log;

    public static void main(String[] options) throws Exception {
        StatusLine.ofErrors().connect();
        StandardOutput.connect();
        ShownRun run = new ShownRun();
        new CommandLine(run).setOut(new PrintableWriter(new OutputStreamWriter(System.out))).setErr(new PrintableWriter(new OutputStreamWriter(System.err)))
                .parseArgs(options);
        run.show();
        System.exit(0);
    }

    private void show() throws Exception {
        try (TrainingProgress progress = new TrainingProgress(_ -> Optional.of(Path.of("best.safetensors")), log, log::columns)) {
            tell(progress, new RunEvent.Started(Events.plan(Path.of("run")), Events.place(0), List.of()));
            for (int step = 1; step <= Events.STEPS; step++) {
                Thread.sleep(STEP_MILLIS);
                tell(progress, Events.step(step, 0.7));
                if (step == 3) {
                    System.err.print("a driver");
                    Thread.sleep(5 * STEP_MILLIS);
                    System.err.println(" says something");
                }
                if (step % 5 == 0) {
                    tell(progress, new RunEvent.ValidationStarted(Events.place(step), 2));
                    tell(progress, new RunEvent.ValidationAdvanced(1));
                    Thread.sleep(5 * STEP_MILLIS);
                    tell(progress, Events.validated(step, 5, 0.5));
                    resize();
                }
            }
            tell(progress, new RunEvent.Ended(Events.place(Events.STEPS), RunEvent.Reason.COMPLETED, List.of(Events.metrics(5, 0.5), Events.metrics(10, 0.5))));
        }
    }

    /** The window, where the environment says so. */
    private static void resize() throws Exception {
        String columns = System.getenv("RESIZE_TO");
        if (columns != null) {
            new ProcessBuilder("stty", "cols", columns).inheritIO().start().waitFor();
        }
    }

    private void tell(TrainingProgress progress, RunEvent event) {
        log.json().ifPresent(json -> json.on(event));
        progress.on(event);
    }
}
