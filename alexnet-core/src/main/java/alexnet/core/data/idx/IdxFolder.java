package alexnet.core.data.idx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Names;
import alexnet.core.data.Relabelled;
import alexnet.core.data.TestSet;

/**
 * A folder with the four {@linkplain IdxNames IDX files} of MNIST or a descendant such as Fashion-MNIST. The test images are
 * the validation split. {@link IdxClasses} tells what the labels mean.
 */
public final class IdxFolder {

    private IdxFolder() {
    }

    /** Whether a folder holds IDX files of this naming. */
    public static boolean recognises(Path folder) {
        return !IdxNames.of(folder).files().isEmpty();
    }

    /**
     * Reads the four files into memory.
     *
     * @throws DataException if one is missing, damaged or of another kind, or if they contradict each other
     */
    public static Dataset open(Path folder) {
        IdxNames names = IdxNames.of(folder);
        IdxImages training = read(names, true);
        IdxImages validation = read(names, false);
        IdxClasses classes = IdxClasses.of(folder, training.distinctLabels());
        List<String> notes = notes(classes);
        notes.addAll(copies(training, validation));
        return new Dataset(folder, classes.names(), new Relabelled(training, classes.byLabel()), known(folder, validation, classes),
                List.of(), notes);
    }

    /**
     * Reads the test images alone. The training images' labels, where they are there, say which classes there are.
     *
     * @throws DataException as {@link #open}
     */
    public static TestSet openTest(Path folder) {
        IdxNames names = IdxNames.of(folder);
        IdxImages images = read(names, false);
        Optional<Path> trained = names.find(true, "labels");
        IdxClasses classes = IdxClasses.of(folder, trained.map(IdxImages::distinctLabels).orElseGet(images::distinctLabels));
        return new TestSet(folder, classes.names(), known(folder, images, classes), List.of(), List.of());
    }

    private static IdxImages read(IdxNames names, boolean training) {
        return new IdxImages(names.require(training, "images"), names.require(training, "labels"));
    }

    private static ImageSource known(Path folder, IdxImages images, IdxClasses classes) {
        int[] byLabel = classes.byLabel();
        Arrays.stream(images.distinctLabels()).filter(label -> byLabel[label] < 0).findFirst().ifPresent(unknown -> {
            throw new DataException(folder + ": the test images have a label " + unknown + ", but there are only " + classes.names().size()
                    + " classes, of the labels " + classes.labels()[0] + " to " + classes.labels()[classes.labels().length - 1]);
        });
        return new Relabelled(images, byLabel);
    }

    private static List<String> notes(IdxClasses classes) {
        List<String> notes = new ArrayList<>();
        Set<Integer> there = Arrays.stream(classes.labels()).boxed().collect(Collectors.toSet());
        List<Integer> absent = IntStream.range(0, classes.labels()[classes.labels().length - 1]).boxed().filter(label -> !there.contains(label)).toList();
        if (!absent.isEmpty()) {
            notes.add("no image has the label " + absent.stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + ": it is no class");
        }
        return notes;
    }

    /** Names the images that occur under two labels or in both halves. They stay: such sets are compared as they were published. */
    private static List<String> copies(IdxImages training, IdxImages validation) {
        record Place(IdxImages images, int index) {
            String name() {
                return images.name(index);
            }
        }
        Map<String, Place> first = new HashMap<>();
        List<String> contradictions = new ArrayList<>();
        List<String> leaks = new ArrayList<>();
        for (IdxImages images : List.of(training, validation)) {
            for (int i = 0; i < images.size(); i++) {
                var place = new Place(images, i);
                Place before = first.putIfAbsent(images.content(i), place);
                if (before != null && before.images.label(before.index) != images.label(i)) {
                    contradictions.add(place.name() + " is " + before.name());
                } else if (before != null && before.images != images) {
                    leaks.add(place.name() + " is " + before.name());
                }
            }
        }
        List<String> notes = new ArrayList<>();
        if (!contradictions.isEmpty()) {
            notes.add(contradictions.size() + " images have another label where they occur a second time: " + Names.some(contradictions));
        }
        if (!leaks.isEmpty()) {
            notes.add(leaks.size() + " validation images are among the training images too: " + Names.some(leaks));
        }
        return notes;
    }
}
