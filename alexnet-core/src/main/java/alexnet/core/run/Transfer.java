package alexnet.core.run;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.group.ParameterTensor;
import alexnet.core.model.Entries;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Initial;
import alexnet.core.network.Layer;
import alexnet.core.weights.network.ImportedNetwork;
import alexnet.core.weights.network.ImportedNetworks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What a network takes over from another when its training begins: layers of the same name whose weight and bias have the same shapes.
 * A checkpoint keeps it as an entry.
 *
 * @param file    name of the other's, without its folder: the same run has the same checkpoints wherever files lie
 * @param network whose network it was
 * @param taken   names of the layers that begin as those there
 * @param fresh   names of the layers that begin with their start values, with the reason in words
 */
public record Transfer(String file, String network, List<String> taken, Map<String, String> fresh) {

    private static final String ENTRY = "init_from";
    private static final ValueLayout.OfFloat LITTLE_ENDIAN = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public Transfer {
        taken = List.copyOf(taken);
        fresh = Collections.unmodifiableMap(new LinkedHashMap<>(fresh));
    }

    /**
     * Matches the layers of a network with those of another.
     *
     * @throws CheckpointException if none fits
     */
    public static Transfer of(ImportedNetwork from, Architecture to) {
        Map<String, List<Integer>> there = GroupShapes.whole(from.model().architecture(), 1).parameters();
        Map<String, List<Integer>> here = GroupShapes.whole(to, 1).parameters();
        List<String> taken = new ArrayList<>();
        Map<String, String> fresh = new LinkedHashMap<>();
        for (Layer layer : to.layers()) {
            if (layer instanceof Layer.Weighted) {
                String weight = layer.name() + ".weight";
                String bias = layer.name() + ".bias";
                if (here.get(weight).equals(there.get(weight)) && here.get(bias).equals(there.get(bias))) {
                    taken.add(layer.name());
                } else {
                    fresh.put(layer.name(), there.containsKey(weight) ? text(there.get(weight)) + " there, " + text(here.get(weight)) + " here" : "not there");
                }
            }
        }
        if (taken.isEmpty()) {
            throw new CheckpointException("no layer of " + from.file().file() + " fits " + to.name() + ": " + told(fresh));
        }
        return new Transfer(from.file().file().getFileName().toString(), from.kind(), taken, fresh);
    }

    private static String text(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static String told(Map<String, String> fresh) {
        return fresh.entrySet().stream().map(layer -> layer.getKey() + " (" + layer.getValue() + ")").collect(Collectors.joining(", "));
    }

    /** In a line, as {@code taken from FILE: conv1, conv2; fresh: fc8 (1000x4096 there, 14x4096 here)}. */
    @Override
    public String toString() {
        return "taken from " + file + ": " + String.join(", ", taken) + (fresh.isEmpty() ? "; nothing is fresh" : "; fresh: " + told(fresh));
    }

    /**
     * Names of layers that both have, but not alike beside the number of their units and their start values: the weights that are taken
     * presuppose the other's normalisation, strides and dropout.
     */
    public List<String> unlike(Architecture there, Architecture here) {
        Map<String, Layer> others = there.layers().stream().collect(Collectors.toMap(Layer::name, Transfer::plain));
        return here.layers().stream().filter(layer -> others.containsKey(layer.name()) && !fresh.containsKey(layer.name())
                && !others.get(layer.name()).equals(plain(layer))).map(Layer::name).toList();
    }

    private static Layer plain(Layer layer) {
        return layer instanceof Layer.Weighted weighted ? weighted.withInitial(Initial.PAPERS) : layer;
    }

    /** Whether the first layer is taken, whose weights presuppose what is done to an image before. */
    public boolean takesInput(Architecture to) {
        return taken.contains(to.layers().getFirst().name());
    }

    /**
     * What is subtracted from images where the first layer is taken: the other's mean image, or the mean of each of its channels where
     * images have another size here. Colours are those of the images here.
     */
    public static DatasetStatistics statistics(DatasetStatistics there, DatasetStatistics here) {
        float[] mean = there.mean();
        if (!there.size().equals(here.size())) {
            mean = new float[here.mean().length];
            double[] means = there.channelMeans();
            for (int channel = 0; channel < here.channels(); channel++) {
                Arrays.fill(mean, channel * here.size().area(), (channel + 1) * here.size().area(), (float) means[channel]);
            }
        }
        return new DatasetStatistics(here.channels(), here.size(), here.images(), mean, here.components(), here.eigenvalues());
    }

    /**
     * Reads what is taken into its host arrays.
     *
     * @param path       of the file
     * @param parameters all of the network's
     * @throws CheckpointException if the file cannot be used any more
     */
    public void load(Path path, List<ParameterTensor> parameters) {
        try (ImportedNetwork from = ImportedNetworks.open(path)) {
            for (ParameterTensor tensor : parameters) {
                if (taken.contains(tensor.name().substring(0, tensor.name().lastIndexOf('.')))) {
                    load(tensor, from.floats(tensor.name(), tensor.shape()));
                }
            }
        }
    }

    private static void load(ParameterTensor tensor, MemorySegment floats) {
        long offset = 0;
        for (FloatArray part : tensor.parts()) {
            MemorySegment.copy(floats, LITTLE_ENDIAN, offset, part.getSegment(), ValueLayout.JAVA_FLOAT_UNALIGNED, 0, part.getSize());
            offset += (long) part.getSize() * Float.BYTES;
        }
    }

    /** Keeps it in a file. */
    public void write(SafetensorsWriter writer) {
        writer.metadata(ENTRY, Entries.text(this));
    }

    /**
     * What a file keeps of it; empty of a network that began with start values alone.
     *
     * @throws CheckpointException if it is damaged
     */
    public static Optional<Transfer> read(Entries entries) {
        return entries.has(ENTRY) ? Optional.of(entries.value(ENTRY, entries.tree(ENTRY), Transfer.class)) : Optional.empty();
    }
}
