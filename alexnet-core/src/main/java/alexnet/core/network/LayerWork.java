package alexnet.core.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of one layer for one image, all parts together. A multiply-add of a convolution or a fully connected layer
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
        for (GroupShapes.Entry entry : GroupShapes.whole(architecture, 1).entries()) {
            long forward = 2L * entry.output().length() * entry.fanIn();
            work.add(new LayerWork(entry.layer().name(), forward, work.isEmpty() ? forward : 2 * forward));
        }
        return work;
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
