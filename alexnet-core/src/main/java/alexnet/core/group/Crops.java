package alexnet.core.group;

import alexnet.kernels.ImageShape;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Where each image of a batch is cropped, and whether it is mirrored.
 *
 * @param array  what the devices read, laid out as {@link ImageShape} says
 * @param images in a batch
 */
public record Crops(IntArray array, int images) {

    static Crops allocate(int images) {
        return new Crops(new IntArray(ImageShape.CROP_FIELDS * images), images);
    }

    /** Crops the image at {@code place}: its first row and column, and whether left and right are swapped. */
    public void set(int place, int top, int left, boolean mirrored) {
        array.set(place, top);
        array.set(images + place, left);
        array.set(2 * images + place, mirrored ? 1 : 0);
    }

    /** First row of the crop of the image at {@code place}. */
    public int top(int place) {
        return array.get(place);
    }

    /** Its first column. */
    public int left(int place) {
        return array.get(images + place);
    }

    /** Whether it is mirrored. */
    public boolean mirrored(int place) {
        return array.get(2 * images + place) != 0;
    }
}
