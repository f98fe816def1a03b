package alexnet.core.data.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.HeldOutNames;
import alexnet.core.data.Names;
import alexnet.core.data.SampleName;
import alexnet.core.data.Skipped;
import alexnet.core.data.TestSet;

/**
 * A folder of images in one sub-folder for each class, as torchvision's {@code ImageFolder} and timm read it. Class
 * folders are searched to any depth, links are followed, and what is hidden or other programs' is passed over. What begins
 * like an image or is called like one is taken for an image, see {@link ImageSignature}.
 *
 * <p>Two layouts:
 * <ul>
 *   <li>{@code train/<class>/...} with {@code val/<class>/...}: the splits as they are, under any of the names that
 *       {@link Half} knows; {@code test} stands for a missing {@code val};
 *   <li>{@code <class>/...}, or {@code train/<class>/...} alone: a {@linkplain HeldOut share} of each class is held
 *       out for validation, after exact duplicates have been left out.
 * </ul>
 * Classes are numbered in the order of their names. A class folder without images is left out, and so is a picture that
 * lies in two classes.
 */
public final class ImageFolder {

    /** The share of each class that is held out for validation when a folder has no validation split. */
    public static final double HELD_OUT_SHARE = HeldOutNames.SHARE;

    private static final int NO_LABEL = -1;

    private ImageFolder() {
    }

    /**
     * Lists a folder of images and splits it.
     *
     * @param folder       the folder, see the layouts above
     * @param heldOutShare the share of each class for validation, above 0 and below 1; unused where the folder is split
     * @throws DataException if there is no such folder, or no images, or only one class
     */
    public static Dataset open(Path folder, double heldOutShare) {
        return open(folder, heldOutShare, Contents.MOST_READ);
    }

    /** The same, but the contents are read of at most so many images. */
    static Dataset open(Path folder, double heldOutShare, int mostRead) {
        FolderTree tree = FolderTree.of(folder);
        Layout layout = Layout.of(tree);
        FolderTree training = layout.training().orElseThrow(() -> new DataException(folder + " has "
                + layout.evaluation().orElseThrow().name() + " but no train folder: " + Layout.LAYOUTS));
        ClassFolders classes = ClassFolders.of(training);
        List<String> notes = new ArrayList<>(layout.notes());
        notes.addAll(classes.notes());
        List<LabelledFile> images = classes.images(classes.names(), folder, notes);
        requireImages(training, images);
        if (layout.evaluation().isPresent()) {
            return openSplit(tree, classes, images, layout.evaluation().get(), notes, mostRead);
        }
        if (classes.names().size() < 2) {
            throw Dataset.oneClass(folder, classes.names());
        }
        HeldOut split = HeldOut.of(folder, training.path(), images, classes.names().size(), heldOutShare, mostRead);
        notes.addAll(split.notes());
        return new Dataset(folder, new ImageFiles(folder, training.path(), split.training()),
                new ImageFiles(folder, training.path(), split.validation()), Synsets.worded(folder, ClassName.of(classes.names())),
                all(tree.skipped(), split.skipped()), notes);
    }

    private static Dataset openSplit(FolderTree tree, ClassFolders classes, List<LabelledFile> training, FolderTree evaluation, List<String> notes,
                                     int mostRead) {
        Path folder = tree.path();
        ClassFolders evaluated = ClassFolders.of(evaluation);
        for (String name : evaluated.names()) {
            if (!classes.byClass().containsKey(name)) {
                String alike = classes.names().stream().filter(name::equalsIgnoreCase).map(other -> " (but of " + other + ")").findFirst().orElse("");
                throw new DataException(evaluation.path() + " has the class " + name + ", which " + classes.parent().path() + " has no images of"
                        + alike + ": name it as there, or move " + evaluation.path() + " away to hold out a part of the other");
            }
        }
        notes.addAll(evaluated.notes());
        notes.addAll(classes.otherSpellings(evaluated));
        List<String> unmeasured = classes.names().stream().filter(name -> !evaluated.byClass().containsKey(name)).toList();
        if (!unmeasured.isEmpty()) {
            notes.add("no validation images of " + Names.some(unmeasured));
        }
        List<LabelledFile> validation = evaluated.images(classes.names(), folder, notes);
        requireImages(evaluation, validation);
        if (!evaluation.name().equals("val")) {
            notes.add("validation images are those of " + evaluation.name() + "/");
        }
        GivenHalves halves = GivenHalves.of(folder, training, validation, mostRead);
        notes.addAll(halves.notes());
        return new Dataset(folder, new ImageFiles(folder, classes.parent().path(), halves.training()),
                new ImageFiles(folder, evaluation.path(), halves.validation()), Synsets.worded(folder, ClassName.of(classes.names())),
                all(tree.skipped(), halves.skipped()), notes);
    }

    /**
     * The images of a folder that a network is to be tested on: the validation half of a data set where it has one, or else all
     * of {@code <class>/...}, or all of a folder that holds images alone, without labels. Of a folder that the network was trained on,
     * only what it has not seen.
     *
     * @param trainedOn what the network was trained on, if that is known; if not image by image, a folder of classes is split as for training
     *                  unless its name says that it is for validation or test
     * @throws DataException if there is no such folder, or no images
     */
    public static TestSet openTest(Path folder, Optional<Fingerprint> trainedOn) {
        Optional<Fingerprint> trained = trainedOn.filter(known -> !known.isWhole());
        FolderTree tree = FolderTree.of(folder);
        Optional<FolderTree> flat = flat(tree);
        if (flat.isPresent()) {
            return unlabelled(tree, flat.get());
        }
        Layout layout = Layout.of(tree);
        FolderTree measured = layout.evaluation().or(layout::training).orElseThrow();
        ClassFolders classes = ClassFolders.of(measured);
        List<String> notes = new ArrayList<>(layout.notes());
        notes.addAll(classes.notes());
        List<LabelledFile> images = classes.images(classes.names(), folder, notes);
        requireImages(measured, images);
        layout.evaluation().ifPresent(half -> notes.add("measured are the images of " + half.name() + "/"));
        boolean isTest = layout.evaluation().isPresent() || Half.named(folder.toAbsolutePath().normalize().getFileName().toString())
                .filter(half -> half != Half.TRAINING).isPresent();
        if (trained.isEmpty() && !isTest) {
            HeldOut split = HeldOut.of(folder, measured.path(), images, classes.names().size(), HELD_OUT_SHARE, Contents.MOST_READ);
            notes.addAll(split.notes());
            return new TestSet(folder, classes.names(), new ImageFiles(folder, measured.path(), split.validation()),
                    all(tree.skipped(), split.skipped()), notes);
        }
        if (images.size() > Contents.MOST_READ) {
            notes.add(Contents.notLookedFor(images.size()) + "; nor is any left out that the network was trained on");
            return new TestSet(folder, classes.names(), new ImageFiles(folder, measured.path(), images), tree.skipped(), notes);
        }
        Contents contents = Contents.of(folder, images).withoutContradictions();
        Set<String> seen = trained.map(Fingerprint::trainedContents).orElse(Set.of());
        if (contents.files().stream().anyMatch(file -> seen.contains(file.content()))) {
            contents = contents.withoutCopies();
        }
        notes.addAll(contents.notes());
        List<LabelledFile> unseen = contents.files().stream().filter(file -> !seen.contains(file.content())).toList();
        if (unseen.size() < contents.files().size()) {
            notes.add("measured are the " + unseen.size() + " of " + contents.files().size() + " images that the network was not trained on");
        }
        if (unseen.isEmpty()) {
            throw new DataException(folder + " has no image to measure" + (contents.files().isEmpty()
                    ? ": " + contents.skipped().size() + " files are left out (" + contents.skipped().getFirst() + ")"
                    : " but those that the network was trained on: give it others"));
        }
        return new TestSet(folder, classes.names(), new ImageFiles(folder, measured.path(), unseen), all(tree.skipped(), contents.skipped()), notes);
    }

    /** The folder of images that lie in no class folders: this one, or the only one in it. */
    private static Optional<FolderTree> flat(FolderTree tree) {
        List<FolderTree> parts = tree.withImages();
        boolean images = tree.files().stream().anyMatch(ImageSignature::isImage);
        boolean half = parts.size() == 1 && Half.named(parts.getFirst().name()).filter(named -> named != Half.TRAINING).isPresent();
        return images && parts.isEmpty() ? Optional.of(tree) : !images && half ? flat(parts.getFirst()) : Optional.empty();
    }

    /** Images that nobody has said of what they show. */
    private static TestSet unlabelled(FolderTree tree, FolderTree flat) {
        List<LabelledFile> images = flat.files().stream().filter(ImageSignature::isImage).map(file -> LabelledFile.of(file, NO_LABEL)).toList();
        return new TestSet(tree.path(), List.of(), new ImageFiles(tree.path(), images, file -> SampleName.ofPath(file.name(flat.path()))), tree.skipped(), List.of());
    }

    /**
     * All files below a folder, at any depth, in the order of their paths; what is hidden is passed over.
     *
     * @throws DataException if there is none, or they cannot be listed
     */
    public static List<Path> filesBelow(Path folder) {
        List<Path> found = FolderTree.of(folder).allFiles().sorted(Comparator.naturalOrder()).toList();
        if (found.isEmpty()) {
            throw new DataException("no images in " + folder);
        }
        return found;
    }

    private static void requireImages(FolderTree folder, List<LabelledFile> files) {
        if (files.isEmpty()) {
            boolean flat = folder.files().stream().anyMatch(ImageSignature::isImage);
            throw new DataException((flat ? "the images of " + folder.path() + " lie in no class folders: " : "no images in " + folder.path() + ": ")
                    + Layout.LAYOUTS);
        }
    }

    private static List<Skipped> all(List<Skipped> some, List<Skipped> others) {
        List<Skipped> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
