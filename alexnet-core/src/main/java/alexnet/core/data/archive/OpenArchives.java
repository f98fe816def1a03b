package alexnet.core.data.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

import alexnet.core.data.index.SampleIndex;

/** Archives that are read by several sources, and closed by the last of them. */
public final class OpenArchives {

    private final Kept kept;
    private final ArchiveFiles files;
    private final IntUnaryOperator file;
    private final AtomicInteger users = new AtomicInteger();

    /**
     * @param kept  what is in them
     * @param files where they lie
     * @param file  for each container of the index which of the files it is, or lies in
     */
    public OpenArchives(Kept kept, List<Path> files, IntUnaryOperator file) {
        this.kept = kept;
        this.files = new ArchiveFiles(files);
        this.file = file;
    }

    SampleIndex index() {
        return kept.index();
    }

    String container(int sample) {
        return kept.containers().get(kept.index().container(sample));
    }

    byte[] read(int sample) throws IOException {
        return files.read(file.applyAsInt(kept.index().container(sample)), kept.index().offset(sample), kept.index().length(sample));
    }

    void use() {
        users.incrementAndGet();
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            files.close();
            kept.index().close();
        }
    }
}
