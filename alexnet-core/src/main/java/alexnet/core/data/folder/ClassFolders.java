package alexnet.core.data.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import alexnet.core.data.Names;

/**
 * The folders of classes in one folder. Names that differ only in how Unicode composes their letters, as copying from
 * macOS makes them, are one class.
 *
 * @param parent  the folder that they lie in
 * @param byClass for each class, by its composed name, its folders: those that hold images
 * @param notes   what the user should know
 */
public record ClassFolders(FolderTree parent, SortedMap<String, List<FolderTree>> byClass, List<String> notes) {

    public static ClassFolders of(FolderTree parent) {
        SortedMap<String, List<FolderTree>> byClass = new TreeMap<>();
        List<String> empty = new ArrayList<>();
        for (FolderTree folder : parent.folders()) {
            if (folder.hasImages()) {
                byClass.computeIfAbsent(Names.composed(folder.name()), _ -> new ArrayList<>()).add(folder);
            } else {
                empty.add(folder.name());
            }
        }
        List<String> notes = new ArrayList<>();
        if (!byClass.isEmpty() && !empty.isEmpty()) {
            notes.add("folders without images left out: " + String.join(", ", empty));
        }
        List<Path> beside = parent.files().stream().filter(ImageSignature::isImage).toList();
        if (!byClass.isEmpty() && !beside.isEmpty()) {
            notes.add("images beside the class folders passed over: "
                    + Names.some(beside.stream().map(file -> LabelledFile.name(parent.path(), file)).toList()));
        }
        byClass.forEach((name, folders) -> {
            if (folders.size() > 1) {
                notes.add(folders.size() + " folders are called " + name + ", in different Unicode spellings, and taken for one class");
            }
        });
        notes.addAll(alike(byClass.keySet()));
        return new ClassFolders(parent, byClass, notes);
    }

    /** Tells of names that differ in nothing but capitals, as copying from systems that do not tell them apart makes them. */
    private static List<String> alike(Set<String> names) {
        Map<String, List<String>> spellings = names.stream()
                .collect(Collectors.groupingBy(name -> name.toLowerCase(Locale.ROOT), TreeMap::new, Collectors.toList()));
        return spellings.values().stream().filter(same -> same.size() > 1)
                .map(same -> String.join(" and ", same) + " are different classes: put their images into one folder if they are not").toList();
    }

    /** The names of the classes in their order. */
    public List<String> names() {
        return List.copyOf(byClass.keySet());
    }

    /** Tells of classes whose folders are spelled otherwise in another half. */
    List<String> otherSpellings(ClassFolders other) {
        return other.byClass.keySet().stream().filter(name -> byClass.containsKey(name) && !spellings(name).equals(other.spellings(name)))
                .map(name -> "the class " + name + " is spelled otherwise in " + other.parent.name() + "/ than in " + parent.name()
                        + "/ (Unicode composes its letters in more than one way), and taken for the same").toList();
    }

    private Set<String> spellings(String name) {
        return byClass.get(name).stream().map(FolderTree::name).collect(Collectors.toSet());
    }

    /**
     * The images of the classes, class by class, in the order of their paths.
     *
     * @param classes what numbers the classes: a label is an index into it
     * @param root    what names leave out
     * @param notes   gets what is said of files that are no images
     */
    public List<LabelledFile> images(List<String> classes, Path root, List<String> notes) {
        List<LabelledFile> images = new LabelledFiles();
        List<String> others = new ArrayList<>();
        byClass.forEach((name, folders) -> {
            int label = classes.indexOf(name);
            List<Path> files = folders.stream().flatMap(FolderTree::allFiles)
                    .sorted(Comparator.comparing(file -> LabelledFile.name(parent.path(), file))).toList();
            List<Optional<LabelledFile>> looked = files.parallelStream()
                    .map(file -> ImageSignature.isImage(file) ? Optional.of(LabelledFile.of(file, label)) : Optional.<LabelledFile>empty()).toList();
            for (int i = 0; i < files.size(); i++) {
                String fileName = LabelledFile.name(root, files.get(i));
                looked.get(i).ifPresentOrElse(images::add, () -> others.add(fileName));
            }
        });
        if (!others.isEmpty()) {
            notes.add(others.size() + (others.size() == 1 ? " file that is no image" : " files that are no images") + " passed over: " + Names.some(others));
        }
        return images;
    }
}
