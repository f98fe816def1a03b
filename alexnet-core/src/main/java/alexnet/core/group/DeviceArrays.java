package alexnet.core.group;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Arrays that stay on a device for the whole run, by name. All of them are allocated before the first step; every task graph
 * consumes and persists all of its plan's, because TornadoVM hands device data on only from the graph that ran immediately
 * before.
 */
final class DeviceArrays {

    private final Map<String, Object> byName = new LinkedHashMap<>();
    private final boolean counting;
    private long bytes;

    private DeviceArrays(boolean counting) {
        this.counting = counting;
    }

    /** Arrays that are really there. */
    static DeviceArrays allocating() {
        return new DeviceArrays(false);
    }

    /** Only counts the bytes; every array it hands out is null. */
    static DeviceArrays counting() {
        return new DeviceArrays(true);
    }

    /** A new float array of that length. */
    FloatArray floats(String name, int length) {
        bytes += (long) length * Float.BYTES;
        return counting ? null : add(name, new FloatArray(length));
    }

    /** A new int array of that length. */
    IntArray ints(String name, int length) {
        bytes += (long) length * Integer.BYTES;
        return counting ? null : add(name, new IntArray(length));
    }

    /** A new float array that is transferred whenever it is used, so it need not stay: no resident, but counted. */
    FloatArray transferred(int length) {
        return transferred(length, () -> new FloatArray(length));
    }

    /** The same of one that other devices may have, too. */
    FloatArray transferred(int length, Supplier<FloatArray> array) {
        bytes += (long) length * Float.BYTES;
        return counting ? null : array.get();
    }

    private <T> T add(String name, T array) {
        if (byName.putIfAbsent(name, array) != null) {
            throw new IllegalStateException("two device arrays are called " + name);
        }
        return array;
    }

    /** Whether there is an array of that name. */
    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** The array of that name, of whatever kind. */
    Object named(String name) {
        Object array = byName.get(name);
        if (array == null) {
            throw new IllegalArgumentException("no array is called " + name + "; there are " + byName.keySet());
        }
        return array;
    }

    /** Every resident array, in the order of allocation. */
    List<Object> all() {
        return new ArrayList<>(byName.values());
    }

    /** Bytes that all of them take on the device. */
    long bytes() {
        return bytes;
    }
}
