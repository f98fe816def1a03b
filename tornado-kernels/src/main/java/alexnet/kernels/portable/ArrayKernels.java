package alexnet.kernels.portable;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Element by element. Arrays {@code [length]}, from an offset where there is one. */
final class ArrayKernels {

    private ArrayKernels() {
    }

    /** In place: {@code gradient = output > 0 ? gradient : 0} (paper, section 3.1). */
    static void reluGradient(int length, FloatArray output, FloatArray gradient) {
        for (@Parallel int i = 0; i < length; i++) {
            gradient.set(i, output.get(i) > 0 ? gradient.get(i) : 0);
        }
    }

    /** {@code target[targetOffset + i] = source[sourceOffset + i]}. */
    static void copyElements(int length, FloatArray source, int sourceOffset, FloatArray target, int targetOffset) {
        for (@Parallel int i = 0; i < length; i++) {
            target.set(targetOffset + i, source.get(sourceOffset + i));
        }
    }

    /** {@code target[targetOffset + i] += source[sourceOffset + i]}. */
    static void addElements(int length, FloatArray source, int sourceOffset, FloatArray target, int targetOffset) {
        for (@Parallel int i = 0; i < length; i++) {
            target.set(targetOffset + i, target.get(targetOffset + i) + source.get(sourceOffset + i));
        }
    }
}
