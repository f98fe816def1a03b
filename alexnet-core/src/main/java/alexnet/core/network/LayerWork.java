package alexnet.core.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of one layer for one image, both groups together. A multiply-add of a convolution or a fully connected layer
 * counts as two operations; everything else, a few per cent of the time and less of the operations, as none.
 *
 * @param layer    the layer's name
 * @param forward  floating-point operations on the way forward
 * @param backward those on the way back: the gradients by the weights and by the input, which the first layer does not need
 */
public record LayerWork(String layer, long forward, long backward) {

    /** Every layer of an architecture, in order. */
    public static List<LayerWork> of(Architecture architecture) {
        List<LayerWork> work = new ArrayList<>();
        GroupShapes first = new GroupShapes(architecture, 0, 1);
        GroupShapes second = new GroupShapes(architecture, 1, 1);
        for (int i = 0; i < first.entries().size(); i++) {
            long forward = 2 * (multiplyAdds(first.entries().get(i)) + multiplyAdds(second.entries().get(i)));
            work.add(new LayerWork(first.entries().get(i).layer().name(), forward, i == 0 ? forward : 2 * forward));
        }
        return work;
    }

    private static long multiplyAdds(GroupShapes.Entry entry) {
        return switch (entry.layer()) {
            case Layer.Convolution c -> (long) entry.output().length() * entry.input().channels() * c.size() * c.size();
            case Layer.FullyConnected _ -> (long) entry.output().length() * entry.input().length();
            case Layer.Normalization _, Layer.MaxPool _, Layer.Dropout _ -> 0;
        };
    }

    /** Floating-point operations of one image, forward. */
    public static long forward(Architecture architecture) {
        return of(architecture).stream().mapToLong(LayerWork::forward).sum();
    }

    /** Floating-point operations of one image in a training step: forward and back. */
    public static long training(Architecture architecture) {
        return of(architecture).stream().mapToLong(layer -> layer.forward + layer.backward).sum();
    }
}
