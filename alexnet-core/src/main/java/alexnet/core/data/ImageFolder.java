package alexnet.core.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of images in one sub-folder for each class, as torchvision's {@code ImageFolder} and timm read it. Class
 * folders are searched to any depth, links are followed, and what starts with a dot is passed over. Every other file is
 * taken for an image until it fails to decode: its content decides, not its extension.
 *
 * <p>Two layouts:
 * <ul>
 *   <li>{@code train/<class>/...} with {@code val/<class>/...}: the splits as they are. {@code training} may stand for
 *       {@code train}; {@code validation}, {@code valid} or {@code test}, in this order, for a missing {@code val};
 *   <li>{@code <class>/...}, or {@code train/<class>/...} alone: a {@linkplain HeldOut share} of each class is held
 *       out for validation, after exact duplicates have been left out.
 * </ul>
 * Classes are numbered in the order of their names. A class folder without files is left out.
 */
public final class ImageFolder {

    /** The share of each class that is held out for validation when a folder has no validation split. */
    public static final double HELD_OUT_SHARE = 0.2;

    private static final List<String> TRAINING = List.of("train", "training");
    private static final List<String> VALIDATION = List.of("val", "validation", "valid", "test");
    private static final String LAYOUTS = "expected <class>/<image> in it, or train/<class>/<image> and val/<class>/<image>";

    private ImageFolder() {
    }

    /**
     * Lists a folder of images and splits it; nothing is decoded yet.
     *
     * @param folder       the folder, see the layouts above
     * @param heldOutShare the share of each class for validation, above 0 and below 1; unused where the folder is split
     * @throws DataException if there is no such folder, or no images, or only one class
     */
    public static Dataset open(Path folder, double heldOutShare) {
        requireFolder(folder);
        try {
            Path training = firstFolder(folder, TRAINING);
            Path validation = firstFolder(folder, VALIDATION);
            if (training != null && validation != null) {
                return openSplit(folder, training, validation);
            }
            List<Path> folders = subfolders(folder);
            if (validation != null && folders.size() == 1) {
                throw new DataException(folder + " has " + validation.getFileName() + " but no train folder: " + LAYOUTS);
            }
            boolean trainingAlone = training != null && folders.size() == 1;
            return openWhole(folder, trainingAlone ? training : folder, heldOutShare);
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /**
     * All files below a folder, at any depth, in the order of their paths; what is hidden is passed over.
     *
     * @throws DataException if there is none, or they cannot be listed
     */
    public static List<Path> filesBelow(Path folder) {
        requireFolder(folder);
        try (Stream<Path> files = files(folder)) {
            List<Path> found = files.sorted().toList();
            if (found.isEmpty()) {
                throw new DataException("no images in " + folder);
            }
            return found;
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** Fails unless a path is a folder. */
    static void requireFolder(Path folder) {
        if (!Files.exists(folder)) {
            throw new DataException("no such folder: " + folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + " is a file: give the folder that the images are in");
        }
    }

    private static Dataset openSplit(Path folder, Path training, Path validation) throws IOException {
        List<String> notes = new ArrayList<>();
        List<String> classes = classes(training, notes);
        List<LabelledFile> trainingFiles = files(training, classes);
        List<String> validationClasses = classes(validation, notes);
        for (String name : validationClasses) {
            if (!classes.contains(name)) {
                throw new DataException(validation + " has the class " + name + ", which " + training + " has no images of");
            }
        }
        List<LabelledFile> validationFiles = files(validation, classes);
        requireImages(training, trainingFiles);
        requireImages(validation, validationFiles);
        if (!validation.endsWith("val")) {
            notes.add("validation images are those of " + validation.getFileName() + "/");
        }
        return new Dataset(folder, classes, new ImageFiles(folder, trainingFiles), new ImageFiles(folder, validationFiles),
                List.of(), notes);
    }

    private static Dataset openWhole(Path folder, Path whole, double heldOutShare) throws IOException {
        List<String> notes = new ArrayList<>();
        List<String> classes = classes(whole, notes);
        List<LabelledFile> files = files(whole, classes);
        requireImages(whole, files);
        HeldOut split = HeldOut.of(folder, files, classes.size(), heldOutShare);
        notes.addAll(split.notes());
        return new Dataset(folder, classes, new ImageFiles(folder, split.training()),
                new ImageFiles(folder, split.validation()), split.skipped(), notes);
    }

    private static void requireImages(Path folder, List<LabelledFile> files) {
        if (files.isEmpty()) {
            throw new DataException("no images in " + folder + ": " + LAYOUTS);
        }
    }

    /** The names of the sub-folders that hold files, sorted. */
    private static List<String> classes(Path folder, List<String> notes) throws IOException {
        List<String> classes = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        for (Path path : subfolders(folder)) {
            boolean hasFiles;
            try (Stream<Path> files = files(path)) {
                hasFiles = files.findAny().isPresent();
            }
            (hasFiles ? classes : empty).add(path.getFileName().toString());
        }
        if (!classes.isEmpty() && !empty.isEmpty()) {
            notes.add("folders without images left out: " + String.join(", ", empty));
        }
        return classes;
    }

    private static List<LabelledFile> files(Path folder, List<String> classes) {
        List<LabelledFile> labelled = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path classFolder = folder.resolve(classes.get(label));
            if (Files.isDirectory(classFolder)) {
                int classLabel = label;
                try (Stream<Path> files = files(classFolder)) {
                    files.map(path -> new LabelledFile(path, classLabel))
                            .sorted(Comparator.comparing(file -> file.name(folder)))
                            .forEach(labelled::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return labelled;
    }

    private static Stream<Path> files(Path classFolder) throws IOException {
        return Files.walk(classFolder, FileVisitOption.FOLLOW_LINKS)
                .filter(path -> visible(classFolder.relativize(path)) && Files.isRegularFile(path));
    }

    private static List<Path> subfolders(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(path -> Files.isDirectory(path) && visible(path.getFileName()))
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
        }
    }

    /** Whether no part of a relative path is hidden, or what other systems leave beside images. */
    private static boolean visible(Path relative) {
        for (Path part : relative) {
            String name = part.toString();
            if (name.startsWith(".") || name.equals("__MACOSX") || name.equals("Thumbs.db") || name.equals("desktop.ini")) {
                return false;
            }
        }
        return true;
    }

    private static Path firstFolder(Path folder, List<String> names) {
        return names.stream().map(folder::resolve).filter(Files::isDirectory).findFirst().orElse(null);
    }

    private static DataException unreadable(Path folder, IOException cause) {
        return new DataException("cannot list the images of " + folder + ": " + cause, cause);
    }
}
