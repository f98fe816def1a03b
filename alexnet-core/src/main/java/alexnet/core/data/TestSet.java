package alexnet.core.data;

import java.nio.file.Path;
import java.util.List;

/**
 * Images that a trained network is measured with. Whoever opened them closes them.
 *
 * @param folder     where they lie
 * @param images     labelled by indices into {@code classNames}
 * @param classNames their classes, which may be fewer than the network's and otherwise numbered
 * @param skipped    files that are left out already
 * @param notes      what the user should know, one sentence each
 */
public record TestSet(Path folder, ImageSource images, List<ClassName> classNames, List<Skipped> skipped, List<String> notes)
        implements AutoCloseable {

    public TestSet {
        classNames = List.copyOf(classNames);
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /** A set whose classes have names and nothing else. */
    public TestSet(Path folder, List<String> classes, ImageSource images, List<Skipped> skipped, List<String> notes) {
        this(folder, images, ClassName.of(classes), skipped, notes);
    }

    /** The names of the classes. */
    public List<String> classes() {
        return classNames.stream().map(ClassName::name).toList();
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
