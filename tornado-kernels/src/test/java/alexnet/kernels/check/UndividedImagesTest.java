package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.kernels.ExecutionPlans;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.ImageShape;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class UndividedImagesTest {

    private static final TornadoDevice DEVICE = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
    private static final ImageShape SHAPE = new ImageShape(19, 3, 20, 20, 20, 20);

    static List<KernelFamily> families() {
        return KernelFamilies.supportedBy(DEVICE);
    }

    /** A division by one rounds nothing: the paper's networks see what they saw before there was one. */
    @ParameterizedTest
    @MethodSource("families")
    void aDeviationOfOneKeepsEveryBit(KernelFamily kernels) throws TornadoExecutionPlanException {
        Numbers numbers = new Numbers(1);
        byte[] bytes = numbers.bytes(1, SHAPE.pixelLength());
        ByteArray pixels = new ByteArray(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            pixels.set(i, bytes[i]);
        }
        FloatArray mean = floats(numbers.uniform(2, SHAPE.imageLength(), 128));
        FloatArray noise = floats(numbers.uniform(3, SHAPE.channels() * SHAPE.images(), 20));
        FloatArray deviation = new FloatArray(SHAPE.channels());
        deviation.init(1);
        IntArray crops = new IntArray(ImageShape.CROP_FIELDS * SHAPE.images());
        FloatArray output = new FloatArray(SHAPE.outputLength());
        GridScheduler grid = new GridScheduler();
        GraphBuilder builder = new GraphBuilder("undivided", grid);
        builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, pixels, mean, deviation, crops, noise);
        kernels.prepareImages(builder, "prepare", SHAPE, pixels, mean, deviation, crops, noise, output);
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, output);
        try (TornadoExecutionPlan plan = ExecutionPlans.on(DEVICE, grid, builder.graph().snapshot())) {
            plan.execute();
        }
        for (int i = 0; i < output.getSize(); i++) {
            int image = i % SHAPE.images();
            int place = i / SHAPE.images();
            int channel = place / (SHAPE.height() * SHAPE.width());
            float expected = (bytes[image * SHAPE.imageLength() + place] & 0xFF) - mean.get(place) + noise.get(channel * SHAPE.images() + image);
            assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(output.get(i)), "element " + i);
        }
    }

    private static FloatArray floats(double[] values) {
        FloatArray floats = new FloatArray(values.length);
        for (int i = 0; i < values.length; i++) {
            floats.set(i, (float) values[i]);
        }
        return floats;
    }
}
