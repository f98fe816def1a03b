package alexnet.kernels.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

import alexnet.kernels.GraphBuilder;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

class PortableKernelsTest {

    @Test
    void keepRefusesAnArrayOfAnotherType() {
        GraphBuilder builder = new GraphBuilder("bytes", new GridScheduler());
        assertEquals("keep: ByteArray is neither a FloatArray nor an IntArray", assertThrows(IllegalArgumentException.class,
                () -> new PortableKernels().keep(builder, "task", List.of(new ByteArray(1)))).getMessage());
    }
}
