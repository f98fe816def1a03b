package alexnet.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The file that a command makes of another. */
final class OutputFileOption {

    private static final double MEBIBYTE = 1 << 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "The new file; an old one is replaced.")
    private Path file;

    /** Writes it. */
    @FunctionalInterface
    interface Writing {
        void write(Path file) throws IOException;
    }

    /**
     * Writes the file, and tells of it.
     *
     * @param input   that it is made of
     * @param sacred  why that cannot be the output
     * @param content what is told to be in it
     */
    void write(Path input, String sacred, String content, Writing writing) {
        try {
            require(input, sacred);
            writing.write(file);
            spec.commandLine().getErr().println(String.format(Locale.ROOT, "%s written to %s, %.1f MiB", content, file, Files.size(file) / MEBIBYTE));
        } catch (IOException failure) {
            throw new OutputException(folder(), failure);
        }
    }

    private Path folder() {
        return file.toAbsolutePath().normalize().getParent();
    }

    private void require(Path input, String sacred) throws IOException {
        if (Files.isDirectory(file)) {
            throw new OutputException(file + " is a folder: name a file by --output");
        }
        if (!Files.isDirectory(folder())) {
            throw new OutputException("there is no folder " + folder());
        }
        if (Files.exists(file) && Files.isSameFile(input, file)) {
            throw Usage.mistake(spec, "--output is " + sacred);
        }
    }
}
