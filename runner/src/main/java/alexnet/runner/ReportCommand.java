package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import alexnet.report.Page;
import alexnet.report.ReportedRun;
import alexnet.report.RunData;
import alexnet.report.RunNames;
import alexnet.report.RunReader;
import alexnet.report.picture.Pictures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what runs have come to. */
@Command(name = "report", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Show one or several training runs as a page, one file that needs no network: their curves, and what the networks have"
            + " learnt. Its figures are written as pictures, too.", "A run may still go on."})
@Examples({"alexnet report runs/photos    # writes runs/photos/report.html",
    "alexnet report runs/a runs/b --output comparison.html",
    "alexnet report runs/* --curves-only -o all.html"})
final class ReportCommand implements Runnable {

    private static final String FILE = "report.html";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Output folders of train.")
    private List<Path> folders;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "The page. Default: " + FILE + " in the first of the folders.")
    private Path output;

    @Mixin
    private FindingsOptions findings;

    @Mixin
    private QuietOption quiet;

    @Override
    public void run() {
        folders.forEach(this::requireRun);
        Path page = output == null ? folders.getFirst().resolve(FILE) : output;
        List<ReportedRun> runs = new ArrayList<>();
        try (Reports reports = new Reports(page)) {
            List<String> names = RunNames.of(folders);
            for (int i = 0; i < folders.size(); i++) {
                RunData data = read(folders.get(i), names.get(i));
                runs.add(new ReportedRun(data, new RunFindings(findings, err(), quiet.meters()).of(folders.get(i), data.config())));
            }
            reports.write(page, () -> Page.of(runs));
        }
        if (Pictures.possible()) {
            Path pictures = ReportPictures.folder(page);
            quiet.news().println("the page is " + page + ", its figures are " + ReportPictures.write(pictures, runs) + " pictures in " + pictures);
        } else {
            quiet.news().println("the page is " + page + "; its figures are not written as pictures: this machine has no fonts (install any, such as fonts-dejavu-core)");
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void requireRun(Path folder) {
        Usage.require(spec, Files.isDirectory(folder), folder + " is no folder: name the output folder of a training run");
        Usage.require(spec, RunReader.isRun(folder), folder + " holds no training run: there is neither losses.csv nor metrics.csv in it");
    }

    private static RunData read(Path folder, String name) {
        try {
            return RunReader.read(folder, name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
