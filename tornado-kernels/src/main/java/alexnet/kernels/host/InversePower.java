package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;
import static alexnet.kernels.host.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@code base^-3/4} of positive numbers, a vector at a time. */
final class InversePower {

    /** The bits of a float are about its logarithm. With this constant the worst of the first guesses is 4.5 % off. */
    private static final int GUESS = 1863628128;
    /** Where neither the cube nor any power on the way leaves the range of normal numbers. */
    private static final float SMALLEST = 0x1p-40f;
    private static final float LARGEST = 0x1p40f;

    private InversePower() {
    }

    /**
     * Within three units in the last place, whatever the other lanes are: three steps of Newton's method for
     * {@code y^-4 = base^3}, each of which squares the error. The two square roots and the quotient that do the same take several
     * times as long as products.
     */
    static FloatVector threeQuarters(FloatVector base) {
        IntVector bits = base.reinterpretAsInts();
        FloatVector guess = IntVector.broadcast(INTS, GUESS).sub(bits.lanewise(VectorOperators.ASHR, 1))
                .sub(bits.lanewise(VectorOperators.ASHR, 2)).reinterpretAsFloats();
        FloatVector cube = base.mul(base).mul(base).mul(-0.25f);
        FloatVector power = step(step(step(guess, cube), cube), cube);
        VectorMask<Float> usual = base.compare(VectorOperators.GE, SMALLEST).and(base.compare(VectorOperators.LE, LARGEST));
        return usual.allTrue() ? power : byRoots(base).blend(power, usual);
    }

    private static FloatVector step(FloatVector power, FloatVector cube) {
        FloatVector square = power.mul(power);
        return power.mul(cube.mul(square).fma(square, FloatVector.broadcast(FLOATS, 1.25f)));
    }

    private static FloatVector byRoots(FloatVector base) {
        FloatVector root = base.lanewise(VectorOperators.SQRT);
        return FloatVector.broadcast(FLOATS, 1).div(root.mul(root.lanewise(VectorOperators.SQRT)));
    }
}
