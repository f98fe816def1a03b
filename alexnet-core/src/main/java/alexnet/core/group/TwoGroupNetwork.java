package alexnet.core.group;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
import alexnet.core.profile.StepProfile;
import alexnet.core.replica.ReductionCost;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Replication;
import alexnet.kernels.DriverErrors;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The whole network on its devices, in as many parts as it is placed: two, the channel groups of the paper's figure 2, or one, four or
 * any other number that its {@link Partition} allows. Parts meet where a layer sees maps of others. Each has an execution plan and a
 * thread, or all have one where they are placed on one device.
 *
 * <p>Used in this order: fill the {@link #parameters()} (and {@link #states()}) and {@link #setMean the mean} (and
 * {@link #setDeviation the deviation}), then {@link #load()}; then for each batch fill {@link #inputs()} and call {@link #train()} or {@link #evaluate()}, and read
 * {@link #losses()} and {@link #probabilities()}. {@link #save()} brings the parameters back. One caller at a time.
 *
 * <p>After a failure, also an interruption, the parts may stand in different places of a step: the network then refuses to go on
 * and can only be closed.
 */
public final class TwoGroupNetwork implements AutoCloseable {

    /** Where a part computes, and with which kernels. */
    public record Placement(TornadoDevice device, KernelFamily kernels) {
    }

    /** What a plan does in its thread. */
    @FunctionalInterface
    private interface PlanAction {
        void run(DevicePlan plan) throws InterruptedException;
    }

    private final Architecture architecture;
    private final BatchInputs inputs;
    private final Link link;
    private final List<DevicePlan> plans = new ArrayList<>();
    private final List<GroupLayers> groups = new ArrayList<>();
    private final GroupThreads threads;
    /** Where all have gone forward and the last looks at the losses: one that took the way back alone would wait for the others for ever. */
    private final CyclicBarrier forwardDone;
    /** The other ranks, for what the parts agree on with them. */
    private final Replicas replicas;
    /** The same for the reducer. */
    private final Replicas reducing;
    /** Null where there is no other rank. */
    private final Reducer reducer;
    private boolean finite;
    private double lossSum;
    /** In which no part did anything but wait for the other ranks' losses. */
    private double lossSeconds;
    private Runnable imagesUsed;
    /** What the last has failed with that looked at the losses, or null. */
    private Throwable disagreement;
    /** What a part failed with, or null. */
    private Throwable failure;
    private boolean closed;

    /**
     * Allocates everything and builds the graphs.
     *
     * @param images     images in a batch
     * @param placements one for each part
     * @throws IllegalArgumentException naming the layer that is impossible
     */
    public TwoGroupNetwork(Architecture architecture, int images, List<Placement> placements) {
        this(architecture, images, placements, LayerTraining.ALIKE);
    }

    /**
     * The same.
     *
     * @param training which layers learn, and how
     */
    public TwoGroupNetwork(Architecture architecture, int images, List<Placement> placements, LayerTraining training) {
        this(architecture, images, placements, training, Replication.NONE);
    }

    /**
     * One that trains with others: batches are the shares that each rank has of the whole batch, and updates follow the gradients of all of
     * them.
     *
     * @param images      images in this rank's share; on all ranks the same
     * @param replication the others, who build such a network at the same time
     */
    public TwoGroupNetwork(Architecture architecture, int images, List<Placement> placements, LayerTraining training, Replication replication) {
        this(architecture, images, placements, training, replication, Link.between(placements), Probes.NONE);
    }

    /** A {@link #profiled} network all of whose layers learn alike. */
    public static TwoGroupNetwork profiled(Architecture architecture, int images, List<Placement> placements, StepProfile profile) {
        return profiled(architecture, images, placements, LayerTraining.ALIKE, profile);
    }

    /**
     * A network that also measures what its steps spend their time on. For that it computes each layer in a graph of its own, so
     * that its steps take a little longer.
     */
    public static TwoGroupNetwork profiled(Architecture architecture, int images, List<Placement> placements, LayerTraining training,
                                           StepProfile profile) {
        return new TwoGroupNetwork(architecture, images, placements, training, Link.between(placements), Probes.timing(profile));
    }

    /** One all of whose layers learn alike, with a link of one's choice, and with what checks and measurements need. */
    public TwoGroupNetwork(Architecture architecture, int images, List<Placement> placements, Link link, Probes probes) {
        this(architecture, images, placements, LayerTraining.ALIKE, link, probes);
    }

    /** The same, of layers that learn as they are told. */
    public TwoGroupNetwork(Architecture architecture, int images, List<Placement> placements, LayerTraining training, Link link, Probes probes) {
        this(architecture, images, placements, training, Replication.NONE, link, probes);
    }

    /** The same, of one that trains with others. */
    public TwoGroupNetwork(Architecture architecture, int images, List<Placement> placements, LayerTraining training, Replication replication, Link link,
                           Probes probes) {
        this.architecture = architecture;
        this.link = link;
        Partition partition = new Partition(architecture, placements.size());
        this.inputs = new BatchInputs(new GroupShapes(partition, 0, images).image());
        List<Integer> parts = IntStream.range(0, placements.size()).boxed().toList();
        List<List<Integer>> together = link.withinPlan() ? List.of(parts) : parts.stream().map(List::of).toList();
        threads = new GroupThreads(together.size());
        forwardDone = new CyclicBarrier(together.size(), this::forwardIsDone);
        try {
            RankArrays ranks = new RankArrays(replication);
            List<PlacedGroups> allPlaced = new ArrayList<>();
            for (List<Integer> ofPlan : together) {
                allPlaced.add(PlacedGroups.allocate(partition, training, images, ofPlan, inputs, ranks, link, placements.get(ofPlan.getFirst()).kernels()));
                groups.addAll(allPlaced.getLast().groups());
            }
            replicas = replication.replicas().duplicate();
            reducing = replicas.duplicate();
            reducer = replication.none() ? null : new Reducer(reducing, inOrder(groups));
            for (PlacedGroups placed : allPlaced) {
                plans.add(new DevicePlan(plans.size(), placed, placements.get(together.get(plans.size()).getFirst()), probes, reducer));
            }
            plans.forEach(plan -> plan.placed().shared().deviation.init(1));
        } catch (RuntimeException | Error failed) {
            closeAfter(failed);
            throw failed;
        }
    }

    /** From the last layer to the first, of each all parts': as the way back comes to them. */
    private static List<LayerReduction> inOrder(List<GroupLayers> groups) {
        return groups.getFirst().reductions.keySet().stream().flatMap(layer -> groups.stream().map(group -> group.reductions.get(layer))).toList();
    }

    /** Closes what there is of a network whose constructor has failed. */
    private void closeAfter(Throwable failed) {
        closed = true;
        for (DevicePlan plan : plans) {
            try {
                plan.close();
            } catch (RuntimeException | Error another) {
                failed.addSuppressed(another);
            }
        }
        if (reducer != null) {
            reducer.close();
        }
        threads.close();
    }

    /**
     * Bytes that the arrays of parts on one device take there.
     *
     * @param together those parts: all of them, or some that are linked by the host
     * @param kernels  what computes them
     */
    public static long deviceBytes(Partition partition, LayerTraining training, int images, List<Integer> together, KernelFamily kernels) {
        return deviceBytes(partition, training, images, together, Replication.NONE, kernels);
    }

    /** The same of a network that trains with others. */
    public static long deviceBytes(Partition partition, LayerTraining training, int images, List<Integer> together, Replication replication,
                                   KernelFamily kernels) {
        return together.size() == partition.parts()
                ? PlacedGroups.deviceBytes(partition, training, images, together, replication, new DeviceLink(), kernels)
                : together.stream().mapToLong(part -> PlacedGroups.deviceBytes(partition, training, images, List.of(part), replication,
                        new HostLink(new HostExchange()), kernels)).sum();
    }

    /** The architecture. */
    public Architecture architecture() {
        return architecture;
    }

    /** In how many parts it is computed. */
    public int parts() {
        return groups.size();
    }

    /** Images in a batch. */
    public int images() {
        return groups.getFirst().shapes.images();
    }

    /** What goes to the devices with the next batch. */
    public BatchInputs inputs() {
        return inputs;
    }

    /** Sets the mean image, {@code [channels][storedSize][storedSize]}, that is subtracted from every image. */
    public void setMean(float[] mean) {
        set("mean image", mean, shared -> shared.mean);
    }

    /** Sets what each channel is divided by after that, {@code [channels]}; ones where it is not set. */
    public void setDeviation(float[] deviation) {
        set("deviation", deviation, shared -> shared.deviation);
    }

    private void set(String what, float[] values, Function<SharedArrays, FloatArray> array) {
        for (DevicePlan plan : plans) {
            FloatArray target = array.apply(plan.placed().shared());
            if (target.getSize() != values.length) {
                throw new IllegalArgumentException("the " + what + " has " + values.length + " values, that of the network's images " + target.getSize());
            }
            MemorySegment.copy(MemorySegment.ofArray(values), 0, target.getSegment(), 0, target.getSegment().byteSize());
        }
    }

    /** Weights and biases, their host arrays: what {@link #load()} takes and {@link #save()} refreshes. */
    public List<ParameterTensor> parameters() {
        return tensors("", _ -> true, Parameter::values);
    }

    /** What the optimizer keeps of each parameter that learns, likewise, called as {@code momentum.conv1.weight}. */
    public List<ParameterTensor> states() {
        List<String> names = Optimizer.CHOSEN.states();
        return IntStream.range(0, names.size()).boxed()
                .flatMap(state -> tensors(Optimizer.prefix(names.get(state)), Parameter::learns, parameter -> parameter.states().get(state)).stream()).toList();
    }

    /** Parameters and states: all that training changes. */
    public List<ParameterTensor> tensors() {
        List<ParameterTensor> all = new ArrayList<>(parameters());
        all.addAll(states());
        return all;
    }

    private List<ParameterTensor> tensors(String prefix, Predicate<Parameter> which, Function<Parameter, FloatArray> array) {
        List<Parameter> first = groups.getFirst().parameters();
        Map<String, List<Integer>> shapes = groups.getFirst().shapes.parameters();
        List<ParameterTensor> tensors = new ArrayList<>();
        for (int p = 0; p < first.size(); p++) {
            int index = p;
            if (which.test(first.get(p))) {
                tensors.add(new ParameterTensor(prefix + first.get(p).name(), shapes.get(first.get(p).name()),
                        groups.stream().map(group -> array.apply(group.parameters().get(index))).toList()));
            }
        }
        return tensors;
    }

    /**
     * Fills the parameters with the start values that the architecture's layers name ({@link StartValues}); momenta become
     * zero.
     */
    public void initialize(long seed) {
        StartValues.fill(architecture, parameters(), seed);
        states().forEach(tensor -> tensor.parts().forEach(part -> part.init(0)));
    }

    /** Copies the parameters, states, mean and deviation to the devices, where they stay. Once, before the first batch. */
    public void load() {
        onPlans(DevicePlan::load);
    }

    /**
     * One step on the batch in {@link #inputs()}: forward with dropout, backward, update. Where a loss is not finite there is no
     * way back: the parameters stay as they were, for whoever looks for the cause.
     *
     * @return whether all losses are finite, those of all ranks
     */
    public boolean train() {
        return train(() -> { });
    }

    /**
     * The same.
     *
     * @param imagesUsed is run in a part's thread where the way back begins: from then on the next batch's {@link BatchInputs#pixels}
     *                   may be filled in, and nothing else of the inputs. It may not take long
     */
    public boolean train(Runnable imagesUsed) {
        this.imagesUsed = imagesUsed;
        inputs.mode.set(0, 1);
        onPlans(plan -> {
            plan.forward();
            awaitForward();
            if (finite) {
                plan.backward();
            }
        });
        return finite;
    }

    private void forwardIsDone() {
        try {
            agreeOnLosses();
            if (finite) {
                imagesUsed.run();
            }
        } catch (RuntimeException | Error failed) {
            // Of the threads that wait here only one would be told.
            disagreement = failed;
        }
    }

    private void agreeOnLosses() {
        FloatArray losses = losses();
        double[] sums = new double[2];
        for (int image = 0; image < losses.getSize(); image++) {
            sums[0] += losses.get(image);
            sums[1] += Float.isFinite(losses.get(image)) ? 0 : 1;
        }
        long since = System.nanoTime();
        replicas.sum(sums);
        lossSeconds += (System.nanoTime() - since) * 1e-9;
        lossSum = sums[0];
        finite = sums[1] == 0;
    }

    private void awaitForward() throws InterruptedException {
        try {
            forwardDone.await();
        } catch (BrokenBarrierException interrupted) {
            throw new CancellationException("another part was interrupted");
        }
        switch (disagreement) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case null, default -> { }
        }
    }

    /** Sum of the cross-entropies of the last batch that was trained on, over the shares of all ranks. */
    public double lossSum() {
        return lossSum;
    }

    /** What training with other ranks has cost this one so far; of its plans, which wait for themselves, the mean. */
    public ReductionCost reductionCost() {
        if (reducer == null) {
            return ReductionCost.NONE;
        }
        ReductionCost cost = reducer.cost();
        return new ReductionCost(cost.seconds(), cost.waitingSeconds() / plans.size() + lossSeconds, cost.bytes());
    }

    /** The batch in {@link #inputs()} forward, as in testing: dropout scales instead of dropping. */
    public void evaluate() {
        inputs.mode.set(0, 0);
        onPlans(DevicePlan::forward);
    }

    /** Brings parameters and states from the devices to their host arrays. */
    public void save() {
        onPlans(DevicePlan::save);
    }

    /** {@code [classes][images]} of the last batch. */
    public FloatArray probabilities() {
        return plans.getFirst().placed().shared().probabilities;
    }

    /** {@code [images][classes]} of the last batch, brought from the device. */
    public float[] logits() {
        onPlans(DevicePlan::saveLogits);
        FloatArray saved = plans.getFirst().placed().shared().logits;
        int images = images();
        int classes = architecture.classes();
        float[] logits = new float[images * classes];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = saved.get(i % classes * images + i / classes);
        }
        return logits;
    }

    /**
     * Each part's maps of the last batch behind a layer, {@code [channel][row][column][image]}, brought from the devices. Dropout
     * may work in place: the maps of the layer before it are then its own. They are overwritten by the next call for the layer.
     *
     * @throws IllegalArgumentException if there is no such layer
     */
    public List<FloatArray> maps(String layer) {
        architecture.layer(layer);
        onPlans(plan -> plan.saveMaps(layer));
        return groups.stream().map(group -> group.layers().stream().filter(each -> each.name().equals(layer)).findFirst().orElseThrow().output())
                .toList();
    }

    /** Cross-entropy of each image of the last batch, {@code [images]}; zero where there is no image. */
    public FloatArray losses() {
        return plans.getFirst().placed().shared().losses;
    }

    /** Forward as in training: the dropout of the images' keys, no update. */
    public void forwardAsInTraining() {
        inputs.mode.set(0, 1);
        onPlans(DevicePlan::forward);
    }

    /** Copies the parameters' host arrays to the devices again, in a network that was built for it. */
    public void replaceParameters() {
        onPlans(DevicePlan::replace);
    }

    /** The host array of an observed device array of floats of one part. */
    public FloatArray observed(int part, String name) {
        return (FloatArray) groups.get(part).named(name);
    }

    /** Those of all parts, in order. */
    public List<FloatArray> observed(String name) {
        return IntStream.range(0, parts()).mapToObj(part -> observed(part, name)).toList();
    }

    /** That of one part for integers. */
    public IntArray observedIntegers(int part, String name) {
        return (IntArray) groups.get(part).named(name);
    }

    /** What the parts are doing now, of each device; may be asked by any thread at any time, also while a device hangs. */
    public List<Activity> activities() {
        return plans.stream().map(DevicePlan::activity).toList();
    }

    /** Has the plans compute; after a failure, nothing but closing is left. */
    private void onPlans(PlanAction action) {
        if (failure != null) {
            throw new IllegalStateException("the network cannot go on after a failure, which may have come in the middle of a step: "
                    + failure.getMessage(), failure);
        }
        try {
            threads.together(plan -> action.run(plans.get(plan)));
            DriverErrors.check();
        } catch (RuntimeException | Error failed) {
            failure = failed;
            link.clear();
            throw failed;
        }
    }

    /** Frees the devices' memory and ends the threads, all of them, also where one of them fails. May be called again. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (threads) {
            threads.each(plan -> plans.get(plan).close());
        } finally {
            closeReplicas();
        }
    }

    /** Leaves without a word to the others behind a failure: they may be anywhere. */
    private void closeReplicas() {
        if (reducer != null) {
            reducer.close();
        }
        if (failure == null) {
            reducing.close();
            replicas.close();
        }
    }
}
