package alexnet.core.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.ImageShape;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.PoolingShape;

/**
 * The shapes of an architecture as one of its parts computes it: the way from layer records to what the kernels take.
 * Building it checks every shape; the layer that cannot be is named.
 */
public final class GroupShapes {

    private static final int LEAST_CLASSES = 2;

    /**
     * One layer of one part.
     *
     * @param share  which maps of the layer the part computes, and which it sees
     * @param input  what it sees
     * @param output what it computes
     */
    public record Entry(Partition.Share share, Extent input, Extent output) {

        /** The layer of the architecture. */
        public Layer layer() {
            return share.layer();
        }

        /** Values that one filter or unit sees; 0 where there are none. */
        public int fanIn() {
            return switch (share.layer()) {
                case Layer.Convolution c -> Math.multiplyExact(Math.multiplyExact(input.channels() / share.groups(), c.size()), c.size());
                case Layer.FullyConnected _ -> input.length();
                case Layer.Normalization _, Layer.MaxPool _, Layer.Dropout _ -> 0;
            };
        }

        /** Values of one map that it computes. */
        public int plane() {
            return output.height() * output.width();
        }
    }

    private final Partition partition;
    private final int part;
    private final int images;
    private final List<Entry> entries;

    /**
     * The shapes for one part and a number of images in a batch.
     *
     * @throws IllegalArgumentException naming the architecture and the layer that is impossible
     */
    public GroupShapes(Partition partition, int part, int images) {
        this.partition = partition;
        this.part = part;
        this.images = images;
        Architecture architecture = partition.architecture();
        List<Entry> built = new ArrayList<>();
        Extent before = new Extent(architecture.channels(), architecture.inputSize(), architecture.inputSize());
        for (Partition.Share share : partition.shares(part)) {
            try {
                Entry entry = entry(share, new Extent(share.seen().length(), before.height(), before.width()));
                requireArray(entry.input());
                requireArray(entry.output());
                requireWeights(entry);
                built.add(entry);
                before = entry.output();
            } catch (IllegalArgumentException | ArithmeticException impossible) {
                throw new ImpossibleLayerException(share.layer().name(), architecture.name() + " with " + architecture.inputSize() + "x"
                        + architecture.inputSize() + " images, layer " + share.layer().name() + ": "
                        + (impossible instanceof ArithmeticException ? "it is larger than any array" : impossible.getMessage()), impossible);
            }
        }
        this.entries = List.copyOf(built);
    }

    /** The shapes of one of two parts, the channel groups. */
    public GroupShapes(Architecture architecture, int group, int images) {
        this(new Partition(architecture, Architecture.GROUPS), group, images);
    }

    /** The shapes of all of the network in one part. */
    public static GroupShapes whole(Architecture architecture, int images) {
        return new GroupShapes(new Partition(architecture, 1), 0, images);
    }

    private Entry entry(Partition.Share share, Extent input) {
        int own = share.own().length();
        return switch (share.layer()) {
            case Layer.Convolution c -> {
                requireEven(c.filters(), "filters");
                ConvolutionShape shape = convolution(share, input);
                yield new Entry(share, input, new Extent(own, shape.outputHeight(), shape.outputWidth()));
            }
            case Layer.Normalization _ -> {
                normalization(share, input);
                yield new Entry(share, input, new Extent(own, input.height(), input.width()));
            }
            case Layer.MaxPool p -> {
                PoolingShape shape = pooling(p, input);
                yield new Entry(share, input, new Extent(own, shape.outputHeight(), shape.outputWidth()));
            }
            case Layer.FullyConnected f -> {
                if (!partition.architecture().isLast(f)) {
                    requireEven(f.units(), "units");
                } else if (f.units() < LEAST_CLASSES) {
                    throw new IllegalArgumentException(f.units() + " classes cannot be told apart; at least " + LEAST_CLASSES + " are needed");
                }
                yield new Entry(share, input, new Extent(own, 1, 1));
            }
            case Layer.Dropout d -> {
                if (!(d.rate() >= 0 && d.rate() < 1)) {
                    throw new IllegalArgumentException("a dropout rate of " + d.rate() + " is not in [0, 1)");
                }
                yield new Entry(share, input, input);
            }
        };
    }

    private static void requireEven(int value, String what) {
        if (value % Architecture.GROUPS != 0) {
            throw new IllegalArgumentException(value + " " + what + " cannot be shared evenly by " + Architecture.GROUPS + " groups");
        }
    }

    private void requireArray(Extent maps) {
        if ((long) maps.length() * images > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(images + " images of " + maps + " values are more than one array holds; use a smaller batch");
        }
    }

    private static void requireWeights(Entry entry) {
        long weights = (long) entry.fanIn() * entry.output().channels();
        if (weights > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(weights + " weights are more than one array holds");
        }
    }

    /** The architecture these are the shapes of. */
    public Architecture architecture() {
        return partition.architecture();
    }

    /** How the architecture is divided. */
    public Partition partition() {
        return partition;
    }

    /** Which part, from 0. */
    public int part() {
        return part;
    }

    /** Images in a batch. */
    public int images() {
        return images;
    }

    /** The layers, in order. */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The shape of each whole parameter tensor, all parts' shares together, in the order of the layers: {@code name.weight}
     * is {@code [filters][channels a filter sees][rows][columns]} or {@code [units][inputs]}, {@code name.bias}
     * {@code [filters]} or {@code [units]}.
     */
    public Map<String, List<Integer>> parameters() {
        Map<String, List<Integer>> parameters = new LinkedHashMap<>();
        for (Entry entry : entries) {
            switch (entry.layer()) {
                case Layer.Convolution c -> {
                    parameters.put(c.name() + ".weight", List.of(c.filters(), entry.input().channels() / entry.share().groups(), c.size(), c.size()));
                    parameters.put(c.name() + ".bias", List.of(c.filters()));
                }
                case Layer.FullyConnected f -> {
                    parameters.put(f.name() + ".weight", List.of(f.units(), entry.input().length()));
                    parameters.put(f.name() + ".bias", List.of(f.units()));
                }
                case Layer.Normalization _, Layer.MaxPool _, Layer.Dropout _ -> { }
            }
        }
        return parameters;
    }

    /** Image preparation; all parts see the whole image. */
    public ImageShape image() {
        Architecture architecture = partition.architecture();
        return new ImageShape(images, architecture.channels(), architecture.storedSize(), architecture.storedSize(),
                architecture.inputSize(), architecture.inputSize());
    }

    /** The kernel shape of a convolution entry. */
    public ConvolutionShape convolution(Entry entry) {
        return convolution(entry.share(), entry.input());
    }

    private ConvolutionShape convolution(Partition.Share share, Extent input) {
        Layer.Convolution c = (Layer.Convolution) share.layer();
        return new ConvolutionShape(images, input.channels(), input.height(), input.width(), share.own().length(), c.size(), c.stride(),
                c.padding(), share.groups());
    }

    /** The kernel shape of a normalisation entry. */
    public NormalizationShape normalization(Entry entry) {
        return normalization(entry.share(), entry.input());
    }

    private NormalizationShape normalization(Partition.Share share, Extent input) {
        Layer.Normalization n = (Layer.Normalization) share.layer();
        return new NormalizationShape(images, input.channels(), input.height(), input.width(), n.size(), n.alpha(), n.beta(), n.k(),
                share.own().from() - share.seen().from(), share.own().length(), share.groups());
    }

    /** The kernel shape of a pooling entry. */
    public PoolingShape pooling(Entry entry) {
        return pooling((Layer.MaxPool) entry.layer(), entry.input());
    }

    private PoolingShape pooling(Layer.MaxPool p, Extent own) {
        return new PoolingShape(images, own.channels(), own.height(), own.width(), p.size(), p.stride(), p.ceil());
    }

    /** The kernel shape of a fully connected entry. */
    public FullyConnectedShape fullyConnected(Entry entry) {
        return new FullyConnectedShape(images, entry.input().length(), entry.output().length());
    }
}
