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
 * The shapes of an architecture as one channel group computes it: the way from layer records to what the kernels take.
 * Building it checks every shape; the layer that cannot be is named.
 */
public final class GroupShapes {

    /**
     * One layer of one group.
     *
     * @param layer     the layer of the architecture
     * @param seesBoth  whether its input is the maps of both groups, which have to be exchanged first
     * @param input     what it sees: its own group's maps, or both groups' (of the image for the first layer)
     * @param output    the maps that this group computes
     * @param offset    the place of the group's first filter or unit among those of both groups; for dropout every value of its
     *                  maps is a unit
     */
    public record Entry(Layer layer, boolean seesBoth, Extent input, Extent output, int offset) {
    }

    private final Architecture architecture;
    private final int group;
    private final int images;
    private final List<Entry> entries;

    /**
     * The shapes for one group and a number of images in a batch.
     *
     * @throws IllegalArgumentException naming the architecture and the layer that is impossible
     */
    public GroupShapes(Architecture architecture, int group, int images) {
        this.architecture = architecture;
        this.group = group;
        this.images = images;
        List<Entry> built = new ArrayList<>();
        Extent own = new Extent(architecture.channels(), architecture.inputSize(), architecture.inputSize());
        for (Layer layer : architecture.layers()) {
            try {
                Entry entry = entry(layer, own, built.isEmpty());
                requireArray(entry.input());
                requireArray(entry.output());
                built.add(entry);
                own = entry.output();
            } catch (IllegalArgumentException | ArithmeticException impossible) {
                throw new IllegalArgumentException(architecture.name() + " with " + architecture.inputSize() + "x"
                        + architecture.inputSize() + " images, layer " + layer.name() + ": " + impossible.getMessage(), impossible);
            }
        }
        this.entries = List.copyOf(built);
    }

    private Entry entry(Layer layer, Extent own, boolean first) {
        return switch (layer) {
            case Layer.Convolution c -> {
                requireEven(c.filters(), "filters");
                boolean seesBoth = !first && c.sees() == Layer.Sees.BOTH_GROUPS;
                Extent input = seesBoth ? both(own) : own;
                ConvolutionShape shape = convolution(c, input);
                yield new Entry(c, seesBoth, input, new Extent(shape.filters(), shape.outputHeight(), shape.outputWidth()),
                        group * shape.filters());
            }
            case Layer.Normalization n -> {
                normalization(n, own);
                yield new Entry(n, false, own, own, group * own.channels());
            }
            case Layer.MaxPool p -> {
                PoolingShape shape = pooling(p, own);
                yield new Entry(p, false, own, new Extent(own.channels(), shape.outputHeight(), shape.outputWidth()),
                        group * own.channels());
            }
            case Layer.FullyConnected f -> {
                if (!architecture.isLast(f)) {
                    requireEven(f.units(), "units");
                } else if (f.units() < Architecture.GROUPS) {
                    throw new IllegalArgumentException(f.units() + " classes cannot be told apart; at least "
                            + Architecture.GROUPS + " are needed");
                }
                int units = share(f.units(), group);
                yield new Entry(f, true, both(own), new Extent(units, 1, 1), group * share(f.units(), 0));
            }
            case Layer.Dropout d -> {
                if (!(d.rate() >= 0 && d.rate() < 1)) {
                    throw new IllegalArgumentException("a dropout rate of " + d.rate() + " is not in [0, 1)");
                }
                yield new Entry(d, false, own, own, group * own.length());
            }
        };
    }

    /** Groups share evenly, but for a last layer with an odd number of classes, where the first group takes one more. */
    private int share(int units, int ofGroup) {
        return (units + Architecture.GROUPS - 1 - ofGroup) / Architecture.GROUPS;
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

    private static Extent both(Extent own) {
        return new Extent(own.channels() * Architecture.GROUPS, own.height(), own.width());
    }

    /** The architecture these are the shapes of. */
    public Architecture architecture() {
        return architecture;
    }

    /** Which group: 0 or 1. */
    public int group() {
        return group;
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
     * The shape of each whole parameter tensor, both groups' shares together, in the order of the layers: {@code name.weight}
     * is {@code [filters][channels a filter sees][rows][columns]} or {@code [units][inputs]}, {@code name.bias}
     * {@code [filters]} or {@code [units]}.
     */
    public Map<String, List<Integer>> parameters() {
        Map<String, List<Integer>> parameters = new LinkedHashMap<>();
        for (Entry entry : entries) {
            switch (entry.layer()) {
                case Layer.Convolution c -> {
                    parameters.put(c.name() + ".weight", List.of(c.filters(), entry.input().channels(), c.size(), c.size()));
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

    /** Image preparation; both groups see the whole image. */
    public ImageShape image() {
        return new ImageShape(images, architecture.channels(), architecture.storedSize(), architecture.storedSize(),
                architecture.inputSize(), architecture.inputSize());
    }

    /** The kernel shape of a convolution entry. */
    public ConvolutionShape convolution(Entry entry) {
        return convolution((Layer.Convolution) entry.layer(), entry.input());
    }

    private ConvolutionShape convolution(Layer.Convolution c, Extent input) {
        return new ConvolutionShape(images, input.channels(), input.height(), input.width(),
                c.filters() / Architecture.GROUPS, c.size(), c.stride(), c.padding(), 1);
    }

    /** The kernel shape of a normalisation entry. */
    public NormalizationShape normalization(Entry entry) {
        return normalization((Layer.Normalization) entry.layer(), entry.input());
    }

    private NormalizationShape normalization(Layer.Normalization n, Extent own) {
        return new NormalizationShape(images, own.channels(), own.height(), own.width(), n.size(), n.alpha(), n.beta(), n.k());
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
