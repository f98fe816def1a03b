package alexnet.core.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Images that a trained network is measured with. Whoever opened them closes them.
 *
 * @param folder  where they lie
 * @param classes the names of their classes, which may be fewer than the network's and otherwise numbered
 * @param images  labelled by indices into {@code classes}
 * @param skipped files that are left out already
 * @param notes   what the user should know, one sentence each
 */
public record TestSet(Path folder, List<String> classes, ImageSource images, List<Skipped> skipped, List<String> notes) implements AutoCloseable {

    public TestSet {
        classes = List.copyOf(classes);
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /**
     * The images with the network's labels.
     *
     * @param labels for each of the classes the network's number of it
     */
    public ImageSource labelled(int[] labels) {
        return new Relabelled(images, labels);
    }

    @Override
    public void close() {
        images.close();
    }
}
