package alexnet.kernels.benchmark;

import alexnet.kernels.ImageShape;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The operation {@code prepareImages}: crop, mirror, mean, colour noise and deviation. What is timed: see {@link KernelBenchmark}. */
public class PrepareImagesBenchmark extends KernelBenchmark {

    @Override
    void arrange(Arrangement a) {
        ImageShape shape = a.shapes.image();
        ByteArray pixels = a.bytes(shape.pixelLength());
        FloatArray mean = a.input(shape.imageLength());
        FloatArray deviation = a.input(shape.channels());
        deviation.init(1);
        // Small enough for a place, and mirrored or not.
        IntArray crops = a.integers(ImageShape.CROP_FIELDS * a.images, 2);
        FloatArray noise = a.input(shape.channels() * a.images);
        FloatArray output = a.output(shape.outputLength());
        a.tasks(() -> a.family.prepareImages(a.builder, "task", shape, pixels, mean, deviation, crops, noise, output));
    }
}
