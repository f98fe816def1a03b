package alexnet.core.data.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import alexnet.core.data.Names;
import alexnet.core.data.Skipped;

/**
 * The files of a set whose halves are given, after pictures that lie in two classes have been left out.
 *
 * @param training   the images to learn from, in their order
 * @param validation the images to measure with, in their order
 * @param skipped    what is left out
 * @param notes      what the user should know: that, and images that are in both halves
 */
public record GivenHalves(List<LabelledFile> training, List<LabelledFile> validation, List<Skipped> skipped, List<String> notes) {

    /**
     * Looks for copies, unless there are too many images to read them for that.
     *
     * @param folder what the names of the images leave out
     */
    public static GivenHalves of(Path folder, List<LabelledFile> training, List<LabelledFile> validation) {
        return of(folder, training, validation, Contents.MOST_READ);
    }

    static GivenHalves of(Path folder, List<LabelledFile> training, List<LabelledFile> validation, int mostRead) {
        if (training.size() + validation.size() > mostRead) {
            return new GivenHalves(training, validation, List.of(), List.of(Contents.notLookedFor(training.size() + validation.size())));
        }
        List<LabelledFile> both = new ArrayList<>(training);
        both.addAll(validation);
        Contents copies = Contents.ofCopies(folder, both);
        Contents agreeing = copies.withoutContradictions();
        List<String> notes = new ArrayList<>(agreeing.notes());
        Set<Path> contradictory = paths(copies.files());
        contradictory.removeAll(paths(agreeing.files()));
        tellLeaks(folder, agreeing, paths(training), notes);
        return new GivenHalves(without(training, contradictory), without(validation, contradictory), agreeing.skipped(), notes);
    }

    /** Names the images that are in both halves. They stay: the halves are as they were given. */
    private static void tellLeaks(Path folder, Contents copies, Set<Path> training, List<String> notes) {
        List<String> leaks = new ArrayList<>();
        copies.copies().values().forEach(group -> {
            Optional<LabelledFile> learnt = group.stream().filter(file -> training.contains(file.path())).findFirst();
            learnt.ifPresent(original -> group.stream().filter(file -> !training.contains(file.path()))
                    .forEach(file -> leaks.add(file.name(folder) + " is " + original.name(folder))));
        });
        if (!leaks.isEmpty()) {
            notes.add(leaks.size() + (leaks.size() == 1 ? " validation image is" : " validation images are")
                    + " among the training images too, so that accuracy will look better than it is: " + Names.some(leaks));
        }
    }

    private static Set<Path> paths(List<LabelledFile> files) {
        Set<Path> paths = new HashSet<>();
        files.forEach(file -> paths.add(file.path()));
        return paths;
    }

    private static List<LabelledFile> without(List<LabelledFile> files, Set<Path> left) {
        return files.stream().filter(file -> !left.contains(file.path())).toList();
    }
}
