package alexnet.kernels.host.winograd;

import static alexnet.kernels.host.Lanes.FLOATS;
import static alexnet.kernels.host.winograd.PointProducts.ROWS;
import static alexnet.kernels.host.winograd.Tiling.TILE_POINTS;
import static alexnet.kernels.host.winograd.Transforms.POINTS;

import java.util.Arrays;

import alexnet.kernels.host.Lanes;
import jdk.incubator.vector.FloatVector;

/** The transform of weights, {@code G g Gᵀ}, panel by panel: the filters of a panel are the vector. */
final class WeightTransform {

    /** Vectors that hold a panel's filters. */
    private static final int VECTORS = Math.ceilDiv(ROWS, Lanes.COUNT);
    private static final int WIDTH = VECTORS * Lanes.COUNT;

    private WeightTransform() {
    }

    /**
     * Transforms the weights of a panel.
     *
     * @param backward whether they are those of the input gradient: filters are turned round, and exchanged with channels
     * @param scratch  where the three parts of a scratch are
     */
    static void panel(Tiling t, boolean backward, int group, int panel, float[] weights, float[] memory, int scratch) {
        int filter = t.filter;
        int first = panel * ROWS;
        int rows = Math.min(ROWS, t.results - first);
        int area = t.size * t.size;
        // From one row of the panel to the next, and from one map to the next.
        int rowStep = backward ? area : t.maps * area;
        int mapStep = backward ? t.results * area : area;
        int from = group * t.results * t.maps * area + first * rowStep;
        int half = scratch + t.scratch();
        int whole = half + t.scratch();
        Lines taps = new Lines(memory, filter * WIDTH, WIDTH);
        Lines halves = new Lines(memory, filter * WIDTH, WIDTH);
        Lines halfRows = new Lines(memory, WIDTH, filter * WIDTH);
        Lines points = new Lines(memory, WIDTH, POINTS * WIDTH);
        Arrays.fill(memory, scratch, scratch + filter * filter * WIDTH, 0);
        int target = group * TILE_POINTS * t.weightPoint() + panel * t.taps * ROWS;
        for (int map = 0; map < t.maps; map++) {
            for (int phase = 0; phase < t.stride * t.stride; phase++) {
                for (int row = 0; row < rows; row++) {
                    gather(t, backward, weights, from + row * rowStep + map * mapStep, phase, memory, scratch + row);
                }
                Transforms.filter(filter, taps, scratch, 0, halves, half, 0, filter, VECTORS);
                Transforms.filter(filter, halfRows, half, 0, points, whole, 0, POINTS, VECTORS);
                int tap = map * t.stride * t.stride + phase;
                scatter(memory, whole, target + tap * ROWS, t.weightPoint(), tap == t.taps - 1);
            }
        }
    }

    /** Copies the weights of a phase of one filter for one map; those beyond the filter are left zero. */
    private static void gather(Tiling t, boolean backward, float[] weights, int from, int phase, float[] memory, int to) {
        int last = t.size * t.size - 1;
        int top = phase / t.stride;
        int left = phase % t.stride;
        for (int y = 0; y < t.filter; y++) {
            for (int x = 0; x < t.filter; x++) {
                int row = y * t.stride + top;
                int column = x * t.stride + left;
                int weight = row * t.size + column;
                memory[to + (y * t.filter + x) * WIDTH] = row < t.size && column < t.size
                        ? weights[from + (backward ? last - weight : weight)] : 0;
            }
        }
    }

    /** Copies the numbers of a tap to their panels. Whole vectors are copied, and what they bring too much the next tap replaces. */
    private static void scatter(float[] memory, int from, int to, int pointStep, boolean lastTap) {
        for (int point = 0; point < TILE_POINTS; point++) {
            if (lastTap) {
                System.arraycopy(memory, from + point * WIDTH, memory, to + point * pointStep, ROWS);
            } else {
                for (int i = 0; i < WIDTH; i += Lanes.COUNT) {
                    FloatVector.fromArray(FLOATS, memory, from + point * WIDTH + i).intoArray(memory, to + point * pointStep + i);
                }
            }
        }
    }
}
