package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class HostArraysTest {

    private final FloatArray array = FloatArray.fromElements(1, 2, 3);

    @Test
    void arraysOnTheHeapAreNotCopied() {
        assumeFalse(array.getSegment().isNative(), "this runtime keeps arrays in native memory");
        HostArrays.floats(array)[1] = 5;
        assertEquals(5, array.get(1));
    }

    @Test
    void arraysInNativeMemoryAreRefused() {
        assumeTrue(array.getSegment().isNative(), "this runtime keeps arrays on the heap");
        String message = assertThrows(IllegalStateException.class, () -> HostArrays.floats(array)).getMessage();
        assertTrue(message.contains("FloatArray is in native memory"), message);
    }
}
