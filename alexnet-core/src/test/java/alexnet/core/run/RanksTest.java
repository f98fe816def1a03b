package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.feed.TrainingData;
import alexnet.core.device.Compilers;
import alexnet.core.group.BatchInputs;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.LayerTraining;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Threads;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunEvent.Reason;
import alexnet.core.run.event.RunSink;
import alexnet.core.training.DivergedException;
import alexnet.core.training.Interval;
import alexnet.core.training.Options;
import alexnet.core.training.Schedule;
import alexnet.core.training.Scores;
import alexnet.core.training.Trainer;
import alexnet.core.training.TrainingOptions.Scheduler;
import alexnet.kernels.Hyper;

/** Runs of several ranks: which images they see, and what they agree on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RanksTest {

    private Path folder;
    private Path images;

    @BeforeAll
    void drawImages(@TempDir Path temporary) throws IOException {
        folder = temporary;
        images = TestRun.noise(folder.resolve("images"));
    }

    @FunctionalInterface
    private interface Work<T> {
        T of(Replicas ranks) throws IOException;
    }

    @BeforeEach
    void skipWhereCompilersAreSlow() {
        Compilers.assumeQuick();
    }

    private static <T> List<T> on(int size, Work<T> work) throws InterruptedException {
        return Threads.run(size, ranks -> {
            try {
                return work.of(ranks);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    private TestRun run(double epochs) {
        return TestRun.of(images, epochs, Interval.EPOCH, Interval.EPOCH);
    }

    /** What the steps of an epoch come to: for each, its images with all that is drawn for them, the loss scale, images and loss. */
    private record Seen(List<TreeSet<String>> drawn, List<List<Number>> told, Scores scores) {
    }

    private Seen seen(Replicas ranks, TestRun run, int from) {
        TrainingData data = run.data();
        List<TreeSet<String>> drawn = new ArrayList<>();
        List<List<Number>> told = new ArrayList<>();
        try (TwoGroupNetwork network = TestRun.network(TestRun.architecture(), LayerTraining.ALIKE, ranks, TestRun.BATCH)) {
            network.initialize(1);
            network.setMean(data.statistics().mean());
            network.load();
            try (Trainer trainer = new Trainer(network, ranks, data, run.options(), 1)) {
                Optional<Scores> scores = trainer.<RuntimeException>validate(_ -> { }, () -> false);
                trainer.begin(3, from);
                for (int step = 1; trainer.hasNext(); step++) {
                    Trainer.Step done = trainer.step(new Schedule.Place(3, step, TestRun.STEPS_AN_EPOCH), List.of(), 0);
                    drawn.add(drawn(network.inputs()));
                    told.add(List.of(done.images(), done.lossSum(), network.inputs().hyper.get(Hyper.LOSS_SCALE)));
                }
                return new Seen(drawn, told, scores.orElseThrow());
            }
        }
    }

    private static TreeSet<String> drawn(BatchInputs inputs) {
        TreeSet<String> drawn = new TreeSet<>();
        int places = inputs.labels.getSize();
        for (int place = 0; place < places; place++) {
            if (inputs.labels.get(place) >= 0) {
                int at = place;
                drawn.add(inputs.imageKeys.get(place) + " label " + inputs.labels.get(place) + " crop " + inputs.crops.top(place) + " " + inputs.crops.left(place)
                        + " " + inputs.crops.mirrored(place) + " noise " + IntStream.range(0, 3).mapToObj(c -> inputs.noise.get(c * places + at)).toList());
            }
        }
        return drawn;
    }

    /** With a rate of zero all networks stay as they are, so that losses and scores are those of one rank, too. */
    @Test
    void ranksSeeTheImagesOfOneWithAllThatIsDrawnForThem() throws InterruptedException {
        TestRun run = run(5).with(Options.over(run(5).options(), "{\"lr\": 0}"));
        for (int from : new int[] {0, 5}) {
            Seen one = on(1, ranks -> seen(ranks, run, from)).getFirst();
            assertEquals(from == 0 ? 4 : 3, one.drawn.size());
            for (int size : new int[] {2, 3}) {
                List<Seen> all = on(size, ranks -> seen(ranks, run, from));
                for (int step = 0; step < one.drawn.size(); step++) {
                    TreeSet<String> together = new TreeSet<>();
                    int count = 0;
                    for (Seen each : all) {
                        assertEquals(all.getFirst().told.get(step), each.told.get(step));
                        together.addAll(each.drawn.get(step));
                        count += each.drawn.get(step).size();
                    }
                    assertEquals(one.drawn.get(step), together);
                    assertEquals(together.size(), count, "no image is two ranks'");
                    assertEquals(one.told.get(step).get(0), all.getFirst().told.get(step).get(0));
                    assertEquals(one.told.get(step).get(1).doubleValue(), all.getFirst().told.get(step).get(1).doubleValue(), 1e-5);
                    assertEquals(one.told.get(step).get(2), all.getFirst().told.get(step).get(2));
                }
                for (Seen each : all) {
                    assertEquals(all.getFirst().scores, each.scores);
                    assertEquals(4, each.scores.images());
                    assertEquals(one.scores.top1(), each.scores.top1());
                    assertEquals(one.scores.loss(), each.scores.loss(), 1e-5);
                }
            }
        }
    }

    /** What each rank was told of, and how it ended. */
    private record Told(Reason reason, List<RunEvent> events) {

        private List<Long> steps(Class<? extends RunEvent> type, Function<RunEvent, Long> step) {
            return events.stream().filter(type::isInstance).map(step).toList();
        }

        List<Long> written() {
            return steps(RunEvent.CheckpointWritten.class, event -> ((RunEvent.CheckpointWritten) event).place().step());
        }

        List<Long> done() {
            return steps(RunEvent.StepFinished.class, event -> ((RunEvent.StepFinished) event).place().step());
        }
    }

    /** Trains on some ranks, one of which is asked for something behind a step. */
    private List<Told> trained(String name, int size, TestRun run, int asked, long step, Consumer<RunRequest> asking) throws InterruptedException {
        return on(size, ranks -> {
            RunRequest request = new RunRequest();
            List<RunEvent> events = new ArrayList<>();
            RunSink sink = event -> {
                events.add(event);
                if (ranks.rank() == asked && event instanceof RunEvent.StepFinished finished && finished.place().step() == step) {
                    asking.accept(request);
                }
            };
            return new Told(run.train(ranks, folder.resolve(name), null, request, sink, 0), events);
        });
    }

    @Test
    void aStopThatAnyRankIsAskedForEndsAllBehindTheSameStep() throws Exception {
        for (int asked = 0; asked < 3; asked++) {
            List<Told> all = trained("stop-" + asked, 3, run(3), asked, 2, RunRequest::stop);
            for (Told each : all) {
                assertEquals(Reason.STOPPED, each.reason);
                assertEquals(List.of(1L, 2L), each.done());
            }
            assertEquals(List.of(2L), all.getFirst().written());
            assertEquals(2, FolderContents.state(folder.resolve("stop-" + asked + "/last.safetensors")).orElseThrow().step());
        }
    }

    /** Four measured images are one batch: it is given up before that. */
    @Test
    void aStopGivesUpAMeasurementOnAllRanks() throws Exception {
        List<Told> all = trained("give-up", 2, run(3), 1, 4, RunRequest::stop);
        for (Told each : all) {
            assertEquals(Reason.STOPPED, each.reason);
            assertTrue(each.events.stream().noneMatch(RunEvent.Validated.class::isInstance));
        }
        assertEquals(List.of(4L), all.getFirst().written());
    }

    @Test
    void aSnapshotThatAnyRankIsAskedForIsWrittenByTheFirstAlone() throws Exception {
        List<Told> all = trained("snapshot", 3, run(1), 2, 1, RunRequest::snapshot);
        assertEquals(List.of(1L, 4L), all.getFirst().written());
        for (Told each : all) {
            assertEquals(Reason.COMPLETED, each.reason);
            assertEquals(List.of(1L, 2L, 3L, 4L), each.done());
            assertEquals(each == all.getFirst() ? 2 : 0, each.written().size());
        }
    }

    @Test
    void checkpointsByTheClockFollowTheFirstRanks() throws Exception {
        TestRun run = TestRun.of(images, 1, Interval.EPOCH, new Interval.Time(Duration.ofMillis(1)));
        assertEquals(List.of(1L, 2L, 3L, 4L), trained("clock", 2, run, 0, 0, _ -> { }).getFirst().written());
    }

    @Test
    void measurementsAndTheEndForLackOfPatienceAreTheSame() throws Exception {
        TestRun run = run(50).with(TestRun.options(50, TestRun.BATCH, Scheduler.CONSTANT, new Interval.Steps(1), 3));
        List<Told> all = trained("patient", 2, run, 0, 0, _ -> { });
        for (Told each : all) {
            assertEquals(Reason.PATIENCE, each.reason);
            assertEquals(all.getFirst().done(), each.done());
            assertEquals(ended(all.getFirst()).history(), ended(each).history());
        }
    }

    private static RunEvent.Ended ended(Told told) {
        return (RunEvent.Ended) told.events.getLast();
    }

    @Test
    void divergenceIsOneLineOnAllRanksAndGoesBackOnAll() throws Exception {
        TestRun wild = run(3).with(Options.over(run(3).options(), "{\"lr\": 1e10, \"lr_warmup_epochs\": 0}"));
        List<String> said = on(2, ranks -> assertThrows(DivergedException.class, () ->
                wild.train(ranks, folder.resolve("wild"), null, new RunRequest(), _ -> { }, 0)).getMessage());
        assertEquals(said.getFirst(), said.getLast());
        assertTrue(said.getFirst().matches("step \\d \\(epoch 1\\): the (training|validation) loss is .*"), said.getFirst());

        List<String> again = on(2, ranks -> {
            List<RunEvent> events = new ArrayList<>();
            String last = assertThrows(DivergedException.class, () ->
                    wild.train(ranks, folder.resolve("wilder"), null, new RunRequest(), events::add, 2)).getMessage();
            assertEquals(3, events.stream().filter(RunEvent.Started.class::isInstance).count());
            return last;
        });
        assertEquals(again.getFirst(), again.getLast());
        assertTrue(again.getFirst().endsWith("the run has gone back 2 times already"), again.getFirst());
    }

    /** As where the thread that writes finds a weight that is not finite. */
    @Test
    void whatTheFirstRankFindsBesideTrainingIsThrownOnAll() throws InterruptedException {
        List<String> said = on(3, ranks -> {
            Consensus consensus = new Consensus(ranks);
            consensus.requireSound();
            if (ranks.isFirst()) {
                consensus.attempt(() -> {
                    throw DivergedException.tensor(7, "conv1.weight");
                });
            }
            DivergedException diverged = assertThrows(DivergedException.class, () -> consensus.any(new Consensus.Asked(false, true, false)));
            assertEquals(7, diverged.step());
            return diverged.getMessage();
        });
        assertEquals(Collections.nCopies(3, "step 7: tensor conv1.weight of the network holds values that are not finite"), said);
    }

    @Test
    void aCheckpointOfTwoRanksGoesOnWithOneAndWithThree() throws Exception {
        assertEquals(Reason.STOPPED, trained("two", 2, run(2), 1, 2, RunRequest::stop).getFirst().reason);
        Path checkpoint = folder.resolve("two/last.safetensors");
        RunState state = FolderContents.state(checkpoint).orElseThrow();
        assertEquals(8, state.images());
        for (int size : new int[] {1, 3}) {
            Path output = folder.resolve("from-two-" + size);
            List<Told> all = on(size, ranks -> {
                List<RunEvent> events = new ArrayList<>();
                return new Told(run(2).train(ranks, output, checkpoint, new RunRequest(), events::add, 0), events);
            });
            for (Told each : all) {
                assertEquals(Reason.COMPLETED, each.reason);
                assertEquals(List.of(3L, 4L, 5L, 6L, 7L, 8L), each.done());
            }
            RunState end = FolderContents.state(output.resolve("last.safetensors")).orElseThrow();
            assertEquals(8, end.step());
            assertEquals(2, end.history().size());
        }
    }
}
