package alexnet.tornado.jvm;

import java.util.IdentityHashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The arrays of one plan on its device. */
final class DeviceMemory {

    static ArrayAccess arrays;

    private final Map<TornadoNativeArray, TornadoNativeArray> buffers = new IdentityHashMap<>();

    TornadoNativeArray buffer(TornadoNativeArray host) {
        return buffers.computeIfAbsent(host, array -> arrays.deviceArray(array));
    }

    void copyIn(TornadoNativeArray host) {
        arrays.elements(buffer(host)).copyFrom(arrays.elements(host));
    }

    void copyOut(TornadoNativeArray host) {
        arrays.elements(host).copyFrom(arrays.elements(buffer(host)));
    }

    void clear() {
        buffers.clear();
    }

    long bytes() {
        return buffers.values().stream().mapToLong(TornadoNativeArray::getNumBytesOfSegment).sum();
    }
}
