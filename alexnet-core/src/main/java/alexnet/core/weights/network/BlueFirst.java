package alexnet.core.weights.network;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

import alexnet.core.weights.WeightsTensor;

/** Filters of images whose channels are blue, green and red, {@code [filters][3][rows][columns]}, as those of red, green and blue. */
record BlueFirst(WeightsTensor tensor) implements WeightsTensor {

    /** Images, or filters, one after the other, with their channels turned round. */
    static float[] turned(float[] planes, int area) {
        float[] turned = new float[planes.length];
        int channels = Input.CHANNELS;
        for (int image = 0; image < planes.length; image += channels * area) {
            for (int channel = 0; channel < channels; channel++) {
                System.arraycopy(planes, image + channel * area, turned, image + (channels - 1 - channel) * area, area);
            }
        }
        return turned;
    }

    @Override
    public String name() {
        return tensor.name();
    }

    @Override
    public String type() {
        return tensor.type();
    }

    @Override
    public List<Integer> shape() {
        return tensor.shape();
    }

    @Override
    public MemorySegment floats() {
        List<Integer> shape = tensor.shape();
        return MemorySegment.ofArray(turned(tensor.floats().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED), shape.get(2) * shape.get(3)));
    }
}
