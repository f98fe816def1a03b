package alexnet.core.data;

import java.nio.file.Path;
import java.util.List;

/**
 * A data set that was found but not yet decoded: its classes and its two splits. Whoever opened it closes it.
 *
 * @param folder     where it lies
 * @param training   the images to learn from
 * @param validation the images to measure with, disjoint from the training images
 * @param classNames the classes, at least two; a label is an index into them
 * @param skipped    files that are left out already
 * @param notes      what the user should know, one sentence each: how it was split, duplicates left out
 */
public record Dataset(Path folder, ImageSource training, ImageSource validation, List<ClassName> classNames,
                      List<Skipped> skipped, List<String> notes) implements AutoCloseable {

    public Dataset {
        classNames = List.copyOf(classNames);
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
        if (classNames.size() < 2) {
            throw oneClass(folder, classNames.stream().map(ClassName::name).toList());
        }
        if (training.channels() != validation.channels()) {
            throw new DataException(folder + ": training images have " + training.channels()
                    + " channels, validation images " + validation.channels());
        }
    }

    /** A set whose classes have names and nothing else. */
    public Dataset(Path folder, List<String> classes, ImageSource training, ImageSource validation, List<Skipped> skipped, List<String> notes) {
        this(folder, training, validation, ClassName.of(classes), skipped, notes);
    }

    /** The names of the classes. */
    public List<String> classes() {
        return classNames.stream().map(ClassName::name).toList();
    }

    /** That there is nothing to tell apart. */
    public static DataException oneClass(Path folder, List<String> classes) {
        return new DataException(folder + " has only one class (" + String.join("", classes)
                + "): give it a folder of images for each of two or more classes");
    }

    /** The same with at most so many images of each half, spread evenly over the classes: the same every time. */
    public Dataset atMost(int images) {
        return new Dataset(folder, Chosen.atMost(images, training), Chosen.atMost(images, validation), classNames, skipped, notes);
    }

    /** Channels of every image: 3 for colour, 1 for grey. */
    public int channels() {
        return training.channels();
    }

    /** Closes both halves. */
    @Override
    public void close() {
        training.close();
        validation.close();
    }
}
