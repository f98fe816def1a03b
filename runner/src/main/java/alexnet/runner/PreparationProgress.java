package alexnet.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import alexnet.core.data.shard.Manifest;
import alexnet.core.data.shard.PreparationListener;
import alexnet.core.data.shard.SetSize;
import alexnet.core.data.shard.Split;

/** Shows how a preparation goes on, and says what to do when the program is stopped meanwhile. */
final class PreparationProgress implements PreparationListener, AutoCloseable {

    private static final int SPEED_RANK = 20;
    private static final int LEFT_RANK = 10;
    private static final int BYTES_RANK = 40;
    /** More often nobody looks. */
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path folder;
    private final LogOptions log;
    private final Thread hook;
    private Meter meter = Meter.None.INSTANCE;
    private long first;
    private long total;
    private long begun;
    private long shown;

    /** @param again by what it goes on */
    PreparationProgress(Path folder, String again, LogOptions log) {
        this.folder = folder;
        this.log = log;
        hook = Thread.ofPlatform().name("preparation's end").unstarted(() -> {
            log.err().println("stopped: " + again + " goes on behind the last shard that is whole in " + folder);
            log.err().flush();
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Preparation begins, or goes on, with so many of the images done; {@code bytes} is what the set will take. */
    private record PreparationStarted(Path folder, long done, long images, long bytes, boolean exact) {
    }

    /** A shard is on the disk. */
    private record ShardWritten(String file, int images, long bytes) {
    }

    @Override
    public void started(long done, long images, long bytes, boolean exact) {
        first = done;
        total = images;
        begun = System.nanoTime();
        log.json().ifPresent(to -> to.write(new PreparationStarted(folder, done, images, bytes, exact)));
        log.news().println(String.format(Locale.ROOT, "%d images take %s%s in %s", images, exact ? "" : "about ", SetSize.text(bytes), folder));
        if (done > 0) {
            log.news().println(String.format(Locale.ROOT, "going on behind the %d that are there", done));
        }
        meter = log.meters().of("preparing", images);
        meter.at(done, List.of());
    }

    @Override
    public void advanced(long done, long bytes) {
        long now = System.nanoTime();
        if (now - shown < EVERY) {
            return;
        }
        shown = now;
        double seconds = (now - begun) / 1e9;
        double speed = (done - first) / seconds;
        meter.at(done, List.of(new Part(SPEED_RANK, String.format(Locale.ROOT, "%.1f images/s", speed)),
                new Part(BYTES_RANK, String.format(Locale.ROOT, "%.1f MB/s written", bytes / seconds / 1e6)),
                new Part(LEFT_RANK, TrainingProgress.clock((total - done) / speed) + " left")));
    }

    @Override
    public void written(Split split, Manifest.Shard shard) {
        log.json().ifPresent(to -> to.write(new ShardWritten(shard.file(), shard.images(), shard.bytes())));
    }

    @Override
    public void close() {
        meter.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // Then it is told.
        }
    }
}
