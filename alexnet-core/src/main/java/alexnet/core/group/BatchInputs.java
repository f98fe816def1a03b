package alexnet.core.group;

import java.lang.foreign.MemorySegment;

import alexnet.core.network.Architecture;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import alexnet.kernels.ImageShape;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What goes to the devices with every batch. The caller fills the arrays before a step; all parts read them.
 */
public final class BatchInputs {

    private static final int SAMPLES = 256;
    /** Purposes of random numbers that training has not. */
    private static final int LABELS = 7;
    private static final int PIXELS = 8;

    /** Stored images, {@code [images][channels][storedHeight][storedWidth]}, unsigned bytes. */
    public final ByteArray pixels;
    /** Crop of each image. */
    public final Crops crops;
    /** Colour offset of each image, {@code [channels][images]}. */
    public final FloatArray noise;
    /** The class of each image, {@code [images]}; below zero where the batch holds no image. */
    public final IntArray labels;
    /** The random key of each image for dropout, {@code [images]}. */
    public final IntArray imageKeys;
    /** One element: 1 in training, 0 in testing. */
    public final IntArray mode = new IntArray(1);
    /** Learning rate and the like, see {@link Hyper}. */
    public final FloatArray hyper = new FloatArray(Hyper.LENGTH);
    private long fillings;

    BatchInputs(ImageShape shape) {
        pixels = new ByteArray(shape.pixelLength());
        crops = Crops.allocate(shape.images());
        noise = new FloatArray(shape.channels() * shape.images());
        labels = new IntArray(shape.images());
        imageKeys = new IntArray(shape.images());
    }

    /** Fills in a made-up batch: pixels, crops, every other image mirrored, labels and keys; no noise. */
    public void makeUp(Architecture architecture, int key) {
        int images = labels.getSize();
        for (int i = 0; i < pixels.getSize(); i++) {
            pixels.set(i, (byte) CounterRandom.below(SAMPLES, key, PIXELS, i));
        }
        int margin = architecture.storedSize() - architecture.inputSize();
        for (int image = 0; image < images; image++) {
            crops.set(image, CounterRandom.below(margin + 1, key, CounterRandom.CROP_TOP, image),
                    CounterRandom.below(margin + 1, key, CounterRandom.CROP_LEFT, image), image % 2 == 1);
            labels.set(image, CounterRandom.below(architecture.classes(), key, LABELS, image));
            imageKeys.set(image, CounterRandom.mix(key, image));
        }
        noise.init(0);
    }

    /** Copies a batch's images and labels in. */
    public void set(ByteArray batchPixels, IntArray batchLabels) {
        setPixels(batchPixels);
        setLabels(batchLabels);
    }

    /** Copies a batch's images in. */
    public void setPixels(ByteArray batchPixels) {
        MemorySegment.copy(batchPixels.getSegment(), 0, pixels.getSegment(), 0, pixels.getSegment().byteSize());
        fillings++;
    }

    /** Copies a batch's labels in. */
    public void setLabels(IntArray batchLabels) {
        MemorySegment.copy(batchLabels.getSegment(), 0, labels.getSegment(), 0, labels.getSegment().byteSize());
    }

    /** How often images were copied in: who had them copied in before their turn sees by it whether they still are what is there. */
    public long fillings() {
        return fillings;
    }
}
