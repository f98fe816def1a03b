package alexnet.runner;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import alexnet.core.checkpoint.WholeFile;

/** Files of results, each opened before the work so that a place that cannot be written is found then. */
final class Reports implements AutoCloseable {

    private final Map<Path, WholeFile> files = new LinkedHashMap<>();

    /**
     * Opens every file that is not null.
     *
     * @throws OutputException if one cannot be written
     */
    Reports(Path... paths) {
        try {
            for (Path path : paths) {
                if (path != null) {
                    files.put(path, open(path));
                }
            }
        } catch (OutputException failed) {
            close();
            throw failed;
        }
    }

    private static WholeFile open(Path path) {
        if (Files.isDirectory(path)) {
            throw new OutputException("cannot write to " + path + ": it is a folder");
        }
        try {
            return WholeFile.open(path);
        } catch (IOException failure) {
            throw new OutputException(path, failure);
        }
    }

    /**
     * Writes one of them, if it is not null.
     *
     * @throws OutputException if that fails
     */
    void write(Path path, Supplier<byte[]> content) {
        if (path == null) {
            return;
        }
        byte[] bytes = content.get();
        write(path, channel -> Channels.newOutputStream(channel).write(bytes));
    }

    /** Text of any length. */
    @FunctionalInterface
    interface Text {

        /** Writes it. */
        void writeTo(Appendable out) throws IOException;
    }

    /**
     * Writes one of them, if it is not null, as its text comes.
     *
     * @throws OutputException if that fails
     */
    void writeText(Path path, Text text) {
        if (path != null) {
            write(path, channel -> {
                Writer out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
                text.writeTo(out);
                out.flush();
            });
        }
    }

    private void write(Path path, WholeFile.Content content) {
        try {
            files.get(path).write(content);
        } catch (IOException failure) {
            throw new OutputException(path, failure);
        }
    }

    @Override
    public void close() {
        files.values().forEach(WholeFile::close);
    }
}
