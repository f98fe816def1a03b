package alexnet.core.training;

import java.util.ArrayList;
import java.util.List;

import alexnet.core.group.BatchInputs;
import alexnet.core.network.Architecture;

/**
 * A fixed crop of a stored image, for testing.
 *
 * @param top      first row
 * @param left     first column
 * @param mirrored whether left and right are swapped
 */
public record View(int top, int left, boolean mirrored) {

    /** The centre crop alone. */
    public static List<View> centre(Architecture architecture) {
        int middle = (architecture.storedSize() - architecture.inputSize()) / 2;
        return List.of(new View(middle, middle, false));
    }

    /** The paper's ten: four corners and the centre, and their mirror images (section 4.1). */
    public static List<View> ten(Architecture architecture) {
        int far = architecture.storedSize() - architecture.inputSize();
        View centre = centre(architecture).getFirst();
        List<View> views = new ArrayList<>();
        for (View view : List.of(new View(0, 0, false), new View(0, far, false), new View(far, 0, false),
                new View(far, far, false), centre)) {
            views.add(view);
            views.add(new View(view.top, view.left, true));
        }
        return views;
    }

    /** Sets this view for every image of the batch, without colour noise. */
    void apply(BatchInputs inputs) {
        for (int place = 0; place < inputs.crops.images(); place++) {
            inputs.crops.set(place, top, left, mirrored);
        }
        inputs.noise.init(0);
    }
}
