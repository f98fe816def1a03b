package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import alexnet.core.data.Dataset;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Resize;
import alexnet.core.data.catalog.Datasets;
import alexnet.core.data.shard.Encoding;
import alexnet.core.data.shard.PreparationListener;
import alexnet.core.data.shard.PreparationOptions;
import alexnet.core.data.shard.Preparer;
import alexnet.core.device.Compilers;
import alexnet.core.run.event.RunEvent;
import alexnet.core.training.Interval;

/** A run on shards that was stopped amid an epoch goes on with the very next image, with other numbers of threads, to the same bytes. */
class PreparedSetResumeTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void aRunFromShardsThatWasStoppedEndsWhereOneThatNeverWasDoes(Encoding encoding) throws IOException {
        Compilers.assumeQuick();
        Path set = folder.resolve("set");
        try (Dataset photographs = Datasets.open(TestRun.noise(folder.resolve("images")).toString(), _ -> { })) {
            Preparer.prepare(photographs, set, new PreparationOptions(encoding, 28, Resize.COVER, 92, 4, 1, MaxBad.STANDARD, false),
                    new PreparationListener() { });
        }
        TestRun run = TestRun.of(set, 2, Interval.EPOCH, new Interval.Steps(100));
        run.train(folder.resolve("whole"), null);

        Path parts = folder.resolve("parts");
        RunRequest request = new RunRequest();
        new TestRun(set, run.options(), run.checkpoints(), 3).train(parts, null, request, event -> {
            if (event instanceof RunEvent.StepFinished finished && finished.place().step() == 6) {
                request.stop();
            }
        });
        assertEquals(8, FolderContents.state(parts.resolve("last.safetensors")).orElseThrow().images());
        new TestRun(set, run.options(), run.checkpoints(), 2).train(parts, parts.resolve("last.safetensors"));

        assertArrayEquals(Files.readAllBytes(folder.resolve("whole/last.safetensors")), Files.readAllBytes(parts.resolve("last.safetensors")));
    }
}
