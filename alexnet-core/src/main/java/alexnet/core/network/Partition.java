package alexnet.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An architecture that is computed in parts, each on a device of its own or in turn on one: every part computes some of the maps of
 * every layer. Parts are no channel groups ({@link Architecture#GROUPS}): a part may be both groups, one of them, or some maps of one.
 *
 * @param parts how many: 1, or any even number; where no layer sees its own group alone, any number
 */
public record Partition(Architecture architecture, int parts) {

    /**
     * What a part has to do with a layer.
     *
     * @param layer  of the architecture
     * @param seen   the maps of the layer before that it reads, all of the image's channels for the first layer
     * @param own    the maps or units of the layer that it computes
     * @param groups channel groups among them that do not see each other: the first half of what is computed sees the first half of
     *               what is seen, where there are two
     * @param meets  whether the parts have to meet before the layer, because some see more than what they have computed themselves
     */
    public record Share(Layer layer, Range seen, Range own, int groups, boolean meets) {
    }

    public Partition {
        if (parts < 1) {
            throw new IllegalArgumentException("a network has at least one part, not " + parts);
        }
    }

    /**
     * A part's shares of all layers, in order.
     *
     * @throws IllegalArgumentException naming the architecture and the layer that cannot be computed in so many parts
     */
    public List<Share> shares(int part) {
        List<Share> shares = new ArrayList<>();
        int maps = architecture.channels();
        for (Layer layer : architecture.layers()) {
            try {
                int before = maps;
                maps = maps(layer, before);
                if (maps < 1) {
                    throw new IllegalArgumentException("it has " + maps + " maps or units, must be at least 1");
                }
                boolean first = shares.isEmpty();
                boolean meets = false;
                for (int each = 0; each < parts && !first; each++) {
                    meets |= !own(before, each).contains(seen(layer, before, each));
                }
                Range own = own(maps, part);
                if (own.length() == 0) {
                    throw new IllegalArgumentException(maps + " maps or units cannot be shared by " + parts + " parts");
                }
                shares.add(new Share(layer, first ? new Range(0, before) : seen(layer, before, part), own,
                        parts == 1 && seesOwnGroup(layer) ? Architecture.GROUPS : 1, meets));
            } catch (IllegalArgumentException impossible) {
                throw new ImpossibleLayerException(layer.name(), architecture.name() + ", layer " + layer.name() + ": " + impossible.getMessage(), impossible);
            }
        }
        return shares;
    }

    /**
     * Makes sure that the architecture can be computed so.
     *
     * @throws IllegalArgumentException as {@link #shares}
     */
    public void require() {
        IntStream.range(0, parts).forEach(this::shares);
    }

    /** Maps that come out of a layer, all parts' together. */
    private static int maps(Layer layer, int before) {
        return switch (layer) {
            case Layer.Convolution c -> c.filters();
            case Layer.FullyConnected f -> f.units();
            case Layer.Normalization _, Layer.MaxPool _, Layer.Dropout _ -> before;
        };
    }

    private static boolean seesOwnGroup(Layer layer) {
        return switch (layer) {
            case Layer.Convolution c -> c.sees() == Layer.Sees.OWN_GROUP;
            case Layer.Normalization n -> n.sees() == Layer.Sees.OWN_GROUP;
            case Layer.FullyConnected _, Layer.MaxPool _, Layer.Dropout _ -> false;
        };
    }

    /** What a part reads of so many maps of the layer before. */
    private Range seen(Layer layer, int before, int part) {
        Range limit = seesOwnGroup(layer) ? ofGroups(before, part) : new Range(0, before);
        return switch (layer) {
            case Layer.Convolution _, Layer.FullyConnected _ -> limit;
            // Those on the other side of a border that sums go across, and no more.
            case Layer.Normalization n -> own(before, part).widened(n.size() / 2, limit);
            case Layer.MaxPool _, Layer.Dropout _ -> own(before, part);
        };
    }

    /** The maps of a layer that a part computes: its share of its group's share, so that no part lies across the border of groups. */
    private Range own(int maps, int part) {
        Range all = new Range(0, maps);
        return parts % Architecture.GROUPS == 0 ? ofGroups(maps, part).share(partsOfAGroup(), part % partsOfAGroup()) : all.share(parts, part);
    }

    /** The maps of the channel groups that a part computes maps of. */
    private Range ofGroups(int maps, int part) {
        Range all = new Range(0, maps);
        if (parts == 1) {
            return all;
        }
        if (parts % Architecture.GROUPS != 0) {
            throw new IllegalArgumentException("the maps of " + Architecture.GROUPS + " channel groups that do not see each other cannot be shared by "
                    + parts + " parts");
        }
        return all.share(Architecture.GROUPS, part / partsOfAGroup());
    }

    private int partsOfAGroup() {
        return parts / Architecture.GROUPS;
    }

    /** Some of the parts, in words. */
    public String name(List<Integer> some) {
        String one = parts == Architecture.GROUPS ? "group" : "part";
        if (some.size() < parts) {
            return (some.size() == 1 ? one : one + "s") + " " + some.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return parts == 1 ? "one part" : (parts == 2 ? "both " : "all ") + one + "s";
    }
}
