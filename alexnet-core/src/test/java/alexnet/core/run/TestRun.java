package alexnet.core.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import javax.imageio.ImageIO;

import alexnet.core.data.catalog.Datasets;
import alexnet.core.data.feed.Decoding;
import alexnet.core.data.MaxBad;
import alexnet.core.data.feed.TrainingData;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.Initialization;
import alexnet.core.network.LayerTraining;
import alexnet.core.replica.Alone;
import alexnet.core.replica.Reduction;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Replication;
import alexnet.core.replica.Share;
import alexnet.core.replica.SharedFile;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;
import alexnet.core.run.event.Sinks;
import alexnet.core.training.Interval;
import alexnet.core.training.Options;
import alexnet.core.training.Trainer;
import alexnet.core.training.TrainingOptions;
import alexnet.core.training.TrainingOptions.Scheduler;
import alexnet.kernels.KernelFamilies;

/**
 * A run of the small architecture on a few images of noise that nobody could tell apart: 14 to train with and 4 to measure, four steps
 * an epoch.
 *
 * @param images      folder made by {@link #noise}
 * @param checkpoints when they are written
 * @param workers     threads that read images
 */
record TestRun(Path images, TrainingOptions options, CheckpointOptions checkpoints, int workers) {

    static final int BATCH = 4;
    static final int IMAGES = 14;
    static final int STEPS_AN_EPOCH = 4;

    static TestRun of(Path images, double epochs, Interval validateEvery, Interval checkpointEvery) {
        return new TestRun(images, options(epochs, BATCH, Scheduler.COSINE, validateEvery, 0), new CheckpointOptions(checkpointEvery, 2, null), 1);
    }

    static TrainingOptions options(double epochs, int batch, Scheduler scheduler, Interval validateEvery, int patience) {
        return Options.of("{\"epochs\": " + epochs + ", \"batch_size\": " + batch + ", \"lr\": 0.002, \"lr_scheduler\": \"" + scheduler
                + "\", \"lr_milestones\": [2, 3], \"lr_gamma\": 0.5, \"lr_warmup_epochs\": 1.25, \"seed\": " + (1L << 40) + ", \"validate_every\": \"" + validateEvery
                + "\", \"patience\": " + patience + "}");
    }

    TestRun with(TrainingOptions others) {
        return new TestRun(images, others, checkpoints, workers);
    }

    static Path noise(Path folder) throws IOException {
        Random random = new Random(4);
        for (String name : List.of("ebb", "flow")) {
            Path images = Files.createDirectories(folder.resolve(name));
            for (int i = 0; i < 9; i++) {
                BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
                for (int pixel = 0; pixel < 28 * 28; pixel++) {
                    image.setRGB(pixel % 28, pixel / 28, random.nextInt(1 << 24));
                }
                ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
            }
        }
        return folder;
    }

    /** Starts it, or goes on from a checkpoint, into a folder whose later steps may be discarded. */
    RunEvent.Reason train(Path output, Path resumed, RunRequest request, RunSink told) throws IOException {
        return train(output, resumed, request, told, 0);
    }

    /** The same, that goes back at most so many times. */
    RunEvent.Reason train(Path output, Path resumed, RunRequest request, RunSink told, int maxRollbacks) throws IOException {
        TrainingData data = data();
        RunStart start = RunStart.NEW;
        if (resumed != null) {
            try (OpenSnapshot earlier = OpenSnapshot.open(resumed)) {
                start = earlier.start();
            }
        }
        try (RunFolder folder = RunFolder.claim(output, start, true);
                Sinks sinks = new Sinks(folder.begin())) {
            sinks.add(told);
            return new Recovery(Alone.REPLICA, folder, maxRollbacks).run(start, (from, warnings) ->
                    train(Alone.REPLICA, from, data, writing(folder), request, sinks, warnings));
        }
    }

    /** One of several ranks, of which the first alone sees the folder and the checkpoint. */
    RunEvent.Reason train(Replicas ranks, Path output, Path resumed, RunRequest request, RunSink told, int maxRollbacks) throws IOException {
        TrainingData data = data();
        RunStart start = RunStart.NEW;
        if (resumed != null) {
            try (SharedFile shared = SharedFile.of(ranks, ranks.isFirst() ? resumed : null); OpenSnapshot earlier = OpenSnapshot.open(shared.path())) {
                start = RunStart.first(ranks, earlier.start());
            }
        }
        // The others own none; null needs no closing.
        try (RunFolder folder = ranks.isFirst() ? RunFolder.claim(output, start, true) : null;
                Sinks sinks = new Sinks(ranks.isFirst() ? folder.begin() : List.of())) {
            sinks.add(told);
            return new Recovery(ranks, folder, maxRollbacks).run(start, (from, warnings) -> train(ranks, from, data,
                    ranks.isFirst() ? writing(folder) : _ -> Saving.elsewhere(output, checkpoints), request, sinks, warnings));
        }
    }

    TrainingData data() {
        return TrainingData.of(Datasets.open(images.toString(), _ -> { }), Preprocessing.covering(new StoredSize(28, 28)),
                Decoding.standard((_, _) -> { }), MaxBad.STANDARD);
    }

    private Function<Saving.Content, Saving> writing(RunFolder folder) {
        return content -> new Saving(folder, checkpoints, content);
    }

    static Architecture architecture() {
        return Initialization.KAIMING.applyTo(Architecture.alexnetSmall(2, 3));
    }

    private RunEvent.Reason train(Replicas ranks, RunStart start, TrainingData data, Function<Saving.Content, Saving> writing, RunRequest request, RunSink sink,
                                  List<String> warnings) throws IOException {
        Architecture architecture = architecture();
        Model model = new Model(architecture, data.dataset().classes(), data.training().preprocessing().resize(), data.statistics());
        byte[] fingerprint = data.fingerprint().pack();
        try (TwoGroupNetwork network = network(architecture, options.layers().of(architecture), ranks, options.batchSize())) {
            if (start.isNew()) {
                network.initialize(options.seed());
                network.setMean(data.statistics().mean());
                network.load();
            } else {
                try (SharedFile shared = SharedFile.of(ranks, start.checkpoint()); OpenSnapshot earlier = OpenSnapshot.open(shared.path())) {
                    earlier.load(network);
                }
            }
            try (Trainer trainer = new Trainer(network, ranks, data, options, workers);
                    Saving saving = writing.apply((file, state) ->
                            new Snapshot(model, options, state).write(file, network.tensors(), fingerprint))) {
                return new TrainingRun(trainer, data, saving, request, sink).run(start.state(), warnings);
            }
        }
    }

    /** Not loaded. */
    static TwoGroupNetwork network(Architecture architecture, int batch) {
        return network(architecture, LayerTraining.ALIKE, Alone.REPLICA, batch);
    }

    /** That of one of the ranks that share a batch. */
    static TwoGroupNetwork network(Architecture architecture, LayerTraining training, Replicas ranks, int batch) {
        return new TwoGroupNetwork(architecture, Share.of(ranks, batch).slots(), Devices.ofRuntime().byDefault().stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList(), training,
                new Replication(ranks, Reduction.AUTO));
    }

    RunEvent.Reason train(Path output, Path resumed) throws IOException {
        return train(output, resumed, new RunRequest(), _ -> { });
    }
}
