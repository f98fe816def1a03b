package alexnet.core.data.archive.ilsvrc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Form;
import alexnet.core.data.Opening;
import alexnet.core.data.SampleName;
import alexnet.core.data.Skipped;
import alexnet.core.data.folder.ClassFolders;
import alexnet.core.data.folder.FolderTree;
import alexnet.core.data.folder.GivenHalves;
import alexnet.core.data.folder.ImageFiles;
import alexnet.core.data.folder.LabelledFile;
import alexnet.core.data.folder.LabelledFiles;
import alexnet.core.data.folder.Synsets;

/**
 * ILSVRC's images as Kaggle has them, {@code ILSVRC/Data/CLS-LOC/train/<wnid>/*.JPEG} and {@code val/*.JPEG}, given as that folder or
 * any above it: the validation images lie in no folders of classes, see {@link FlatValidation}.
 */
public final class FlatForm implements Form {

    private static final int UP = 4;

    @Override
    public String name() {
        return "Kaggle's ILSVRC";
    }

    @Override
    public boolean recognises(Path path) {
        return Files.isDirectory(path) && FlatFolders.find(path).isPresent();
    }

    @Override
    public Dataset open(Path path, Opening opening) {
        FlatFolders folders = FlatFolders.find(path).orElseThrow();
        Path together = folders.training().getParent();
        List<Path> above = above(together);
        Path given = path.toAbsolutePath().normalize();
        // Above what was given, archives are somebody else's.
        Optional<Devkit> devkit = above.stream().filter(place -> place.startsWith(given)).flatMap(place -> DevkitFiles.find(place).stream())
                .findFirst().map(Devkit::of);
        FlatValidation told = FlatValidation.find(folders.validation(), folders.firstImage(), above, devkit);
        List<String> notes = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        FolderTree tree = FolderTree.of(folders.training());
        ClassFolders classes = ClassFolders.of(tree);
        notes.addAll(classes.notes());
        List<LabelledFile> training = classes.images(classes.names(), path, notes);
        List<LabelledFile> validation = validation(path, folders, told, classes.names(), skipped);
        notes.add("the classes of the validation images are from " + told.place());
        GivenHalves halves = GivenHalves.of(path, training, validation);
        notes.addAll(halves.notes());
        skipped.addAll(tree.skipped());
        skipped.addAll(halves.skipped());
        List<ClassName> names = Synsets.worded(together, ClassName.completed(ClassName.of(classes.names()), devkit.map(Devkit::classes).orElse(List.of())));
        return new Dataset(path, new ImageFiles(path, folders.training(), halves.training()),
                new ImageFiles(path, halves.validation(), file -> SampleName.of(names.get(file.label()).name(), file.path().getFileName().toString())),
                names, skipped, notes);
    }

    /** The folder and those that it lies in, as far as a set's own files lie. */
    private static List<Path> above(Path folder) {
        List<Path> above = new ArrayList<>();
        for (Path place = folder.toAbsolutePath().normalize(); place != null && above.size() < UP; place = place.getParent()) {
            above.add(place);
        }
        return above;
    }

    private static List<LabelledFile> validation(Path root, FlatFolders folders, FlatValidation told, List<String> classes, List<Skipped> skipped) {
        LabelledFiles files = new LabelledFiles();
        FolderTree tree = FolderTree.of(folders.validation());
        for (Path file : tree.files()) {
            String name = file.getFileName().toString();
            Optional<String> wnid = told.of().apply(name.substring(0, Math.max(name.lastIndexOf('.'), 0)));
            if (wnid.isEmpty()) {
                skipped.add(new Skipped(root.relativize(file).toString(), told.place() + " does not tell its class", true));
                continue;
            }
            int label = Collections.binarySearch(classes, wnid.get());
            if (label < 0) {
                throw new DataException(told.place() + " gives " + file + " the class " + wnid.get() + ", which " + folders.training() + " has no images of");
            }
            files.add(LabelledFile.of(file, label));
        }
        skipped.addAll(tree.skipped());
        return files;
    }
}
