package alexnet.core.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The arithmetic of one layer for one image, all parts together. A multiply-add of a convolution or a fully connected layer
 * counts as two operations; everything else, a few per cent of the time and less of the operations, as none.
 *
 * @param layer    the layer's name
 * @param forward  floating-point operations on the way forward
 * @param backward those on the way back: the gradients by the weights, where they learn, and by the input, which the lowest layer that
 *                 learns does not need
 */
public record LayerWork(String layer, long forward, long backward) {

    /** Every layer of an architecture, in order, where all learn. */
    public static List<LayerWork> of(Architecture architecture) {
        return of(architecture, LayerTraining.ALIKE);
    }

    /** The same where some layers may stay as they are. */
    public static List<LayerWork> of(Architecture architecture, LayerTraining training) {
        int lowest = training.lowest(architecture);
        List<LayerWork> work = new ArrayList<>();
        for (GroupShapes.Entry entry : GroupShapes.whole(architecture, 1).entries()) {
            long forward = 2L * entry.output().length() * entry.fanIn();
            int gradients = (training.learns(entry.layer()) ? 1 : 0) + (work.size() > lowest ? 1 : 0);
            work.add(new LayerWork(entry.layer().name(), forward, gradients * forward));
        }
        return work;
    }

    /** Floating-point operations of one image, forward. */
    public static long forward(Architecture architecture) {
        return of(architecture).stream().mapToLong(LayerWork::forward).sum();
    }

    /** Floating-point operations of one image in a training step: forward and back. */
    public static long training(Architecture architecture) {
        return training(architecture, LayerTraining.ALIKE);
    }

    /** The same where some layers may stay as they are. */
    public static long training(Architecture architecture, LayerTraining training) {
        return of(architecture, training).stream().mapToLong(layer -> layer.forward + layer.backward).sum();
    }
}
