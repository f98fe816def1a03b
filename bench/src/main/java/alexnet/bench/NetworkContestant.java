package alexnet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import alexnet.core.device.Device;
import alexnet.core.group.BatchInputs;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Initialization;
import alexnet.core.network.LayerAlgorithms;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
import alexnet.core.profile.StepProfile;
import alexnet.core.replica.ReductionCost;
import alexnet.core.replica.Replication;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamily;

/**
 * This program's network. A batch begins with its pixels in host memory and ends with its probabilities and losses there, so
 * that all transfers count, but not the reading of images.
 */
public final class NetworkContestant implements Contestant {

    private static final int SEED = 1;
    private static final float MEAN = 127.5f;
    private static final float RATE = 1e-4f;
    private static final float MOMENTUM = 0.9f;
    private static final float WEIGHT_DECAY = 5e-4f;

    private final Architecture architecture;
    private final LayerTraining training;
    private final int images;
    /** In a batch of all ranks. */
    private final int imagesOfAll;
    private final List<Device> devices;
    private final List<Placement> placements;
    private final Identity identity;
    private TwoGroupNetwork network;

    /** One that trains alone. */
    public NetworkContestant(Architecture architecture, LayerTraining training, int images, List<Device> devices, List<Placement> placements,
                             String version) {
        this(architecture, training, images, devices, placements, Replication.NONE, version);
    }

    /**
     * Builds and loads the network.
     *
     * @param training    which layers learn
     * @param images      in a batch, of this rank
     * @param devices     of each group
     * @param placements  the same devices, with their kernels
     * @param replication with whom it trains
     * @param version     of the program and its runtime
     */
    public NetworkContestant(Architecture architecture, LayerTraining training, int images, List<Device> devices, List<Placement> placements,
                             Replication replication, String version) {
        // With the paper's start values every image makes the same logits but for roundings, and any network would pass for this one.
        this.architecture = Initialization.KAIMING.applyTo(architecture);
        this.training = training;
        this.images = images;
        this.imagesOfAll = images * replication.replicas().size();
        this.devices = devices.stream().distinct().toList();
        this.placements = List.copyOf(placements);
        List<KernelFamily> kernels = placements.stream().map(Placement::kernels).toList();
        identity = new Identity(Engine.ALEXNET.label(), version, joined(this.devices.stream().map(Device::id).toList()),
                joined(this.devices.stream().map(device -> device.onHeap() ? device.name() : device.backend() + " " + device.name()).toList()),
                joined(kernels.stream().map(KernelFamily::name).toList()), joined(kernels.stream().map(family -> family.choice().toString()).toList()),
                LayerAlgorithms.of(new GroupShapes(new Partition(architecture, placements.size()), 0, images), training, kernels.getFirst()));
        network = prepared(new TwoGroupNetwork(this.architecture, images, placements, training, replication));
    }

    private static String joined(List<String> names) {
        return names.stream().distinct().collect(Collectors.joining(","));
    }

    private TwoGroupNetwork prepared(TwoGroupNetwork built) {
        try {
            prepare(built);
            return built;
        } catch (RuntimeException | Error failed) {
            built.close();
            throw failed;
        }
    }

    private void prepare(TwoGroupNetwork prepared) {
        prepared.initialize(SEED);
        float[] mean = new float[architecture.channels() * architecture.storedSize() * architecture.storedSize()];
        Arrays.fill(mean, MEAN);
        prepared.setMean(mean);
        prepared.load();
        BatchInputs inputs = prepared.inputs();
        inputs.makeUp(architecture, SEED);
        Hyper.setAll(inputs.hyper, Hyper.RATE, RATE);
        inputs.hyper.set(Hyper.MOMENTUM, MOMENTUM);
        Hyper.setAll(inputs.hyper, Hyper.WEIGHT_DECAY, WEIGHT_DECAY);
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / imagesOfAll);
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public void run(Pass pass) {
        switch (pass) {
            case FORWARD -> network.evaluate();
            case TRAINING -> network.train();
        }
    }

    /** What training with others has cost so far. */
    ReductionCost reductionCost() {
        return network.reductionCost();
    }

    @Override
    public float[] logits() {
        network.evaluate();
        return network.logits();
    }

    @Override
    public void share(Path file) throws IOException {
        SharedNetwork.write(file, network, MEAN);
    }

    @Override
    public Optional<Anatomy> anatomy() {
        close();
        return Optional.of(new ProfiledNetwork());
    }

    @Override
    public void close() {
        if (network != null) {
            network.close();
            network = null;
        }
    }

    /** The same network with a graph for every part. */
    private final class ProfiledNetwork implements Anatomy {

        private final StepProfile profile = new StepProfile();
        private final TwoGroupNetwork profiled = prepared(TwoGroupNetwork.profiled(architecture, images, placements, training, profile));
        private final LimitMeter limits;

        ProfiledNetwork() {
            try {
                limits = new LimitMeter(devices);
            } catch (RuntimeException | Error failed) {
                profiled.close();
                throw failed;
            }
        }

        @Override
        public Limits limits() {
            return limits.measure();
        }

        @Override
        public StepParts step() {
            profile.clear();
            long start = System.nanoTime();
            profiled.train();
            double seconds = (System.nanoTime() - start) * 1e-9;
            List<StepParts.Part> parts = new ArrayList<>();
            Map<StepProfile.Part, Double> measured = profile.seconds();
            measured.forEach((part, time) -> parts.add(new StepParts.Part(part.name(), part.work(), time)));
            // The group that is ready first waits for the other at the end, too.
            double rest = seconds - measured.values().stream().mapToDouble(Double::doubleValue).sum();
            parts.add(new StepParts.Part("end", StepProfile.Work.WAITING, Math.max(0, rest)));
            return new StepParts(seconds, parts);
        }

        @Override
        public void close() {
            try (profiled) {
                limits.close();
            }
        }
    }
}
