package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;
import static alexnet.kernels.host.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@code base^-3/4} of positive numbers, a vector at a time. No vector crosses a call, see {@link NormalizationKernels}. */
final class InversePower {

    /** The bits of a float are about its logarithm. With this constant the worst of the first guesses is 4.5 % off. */
    private static final int GUESS = 1863628128;
    /** Where neither the cube nor any power on the way leaves the range of normal numbers. */
    private static final float SMALLEST = 0x1p-40f;
    private static final float LARGEST = 0x1p40f;

    private InversePower() {
    }

    /**
     * Within three units in the last place, whatever the numbers beside it are: three steps of Newton's method for
     * {@code y^-4 = base^3}, each of which squares the error. The two square roots and the quotient that do the same take several
     * times as long as products.
     *
     * @param array  has both
     * @param bases  where the bases begin
     * @param powers where their powers shall begin
     * @param length how many there are, at least a vector
     */
    static void threeQuarters(float[] array, int bases, int powers, int length) {
        boolean usual = true;
        for (int i = 0; i < length; i += Lanes.COUNT) {
            int at = Math.min(i, length - Lanes.COUNT);
            FloatVector base = FloatVector.fromArray(FLOATS, array, bases + at);
            IntVector bits = base.reinterpretAsInts();
            FloatVector guess = IntVector.broadcast(INTS, GUESS).sub(bits.lanewise(VectorOperators.ASHR, 1))
                    .sub(bits.lanewise(VectorOperators.ASHR, 2)).reinterpretAsFloats();
            FloatVector cube = base.mul(base).mul(base).mul(-0.25f);
            FloatVector more = FloatVector.broadcast(FLOATS, 1.25f);
            // A step is y (5/4 - base^3 y^4 / 4).
            FloatVector square = guess.mul(guess);
            FloatVector power = guess.mul(cube.mul(square).fma(square, more));
            square = power.mul(power);
            power = power.mul(cube.mul(square).fma(square, more));
            square = power.mul(power);
            power = power.mul(cube.mul(square).fma(square, more));
            power.intoArray(array, powers + at);
            usual &= base.compare(VectorOperators.GE, SMALLEST).and(base.compare(VectorOperators.LE, LARGEST)).allTrue();
        }
        if (!usual) {
            unusualByRoots(array, bases, powers, length);
        }
    }

    private static void unusualByRoots(float[] array, int bases, int powers, int length) {
        for (int i = 0; i < length; i += Lanes.COUNT) {
            int at = Math.min(i, length - Lanes.COUNT);
            FloatVector base = FloatVector.fromArray(FLOATS, array, bases + at);
            VectorMask<Float> usual = base.compare(VectorOperators.GE, SMALLEST).and(base.compare(VectorOperators.LE, LARGEST));
            FloatVector root = base.lanewise(VectorOperators.SQRT);
            FloatVector power = FloatVector.broadcast(FLOATS, 1).div(root.mul(root.lanewise(VectorOperators.SQRT)));
            power.blend(FloatVector.fromArray(FLOATS, array, powers + at), usual).intoArray(array, powers + at);
        }
    }
}
