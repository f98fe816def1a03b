package alexnet.runner;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Several files of results, each opened before the work so that a place that cannot be written is found then. */
final class Reports implements AutoCloseable {

    private final Map<Path, ReportFile> files = new LinkedHashMap<>();

    /** Opens every file that is not null. */
    Reports(Path... paths) {
        try {
            for (Path path : paths) {
                if (path != null) {
                    files.put(path, ReportFile.open(path));
                }
            }
        } catch (OutputException failed) {
            close();
            throw failed;
        }
    }

    /** Writes one of them, if it is not null. */
    void write(Path path, Supplier<byte[]> content) {
        if (path != null) {
            files.get(path).write(content.get());
        }
    }

    @Override
    public void close() {
        files.values().forEach(ReportFile::close);
    }
}
