package alexnet.core.data.folder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import alexnet.core.data.DataException;
import alexnet.core.data.Names;

/**
 * Which folders of a data set are for what.
 *
 * @param training   holds the class folders to learn from; without {@code evaluation} also those to measure with. Absent
 *                   where nothing says that it is for training
 * @param evaluation holds the class folders to measure with
 * @param notes      what the user should know
 */
record Layout(Optional<FolderTree> training, Optional<FolderTree> evaluation, List<String> notes) {

    static final String LAYOUTS = "expected <class>/<image> in it, or train/<class>/<image> and val/<class>/<image>";

    /**
     * Finds the halves of a data set by their names, see {@link Half}; a folder of classes is neither.
     *
     * @throws DataException if it cannot be told which folders are what
     */
    static Layout of(FolderTree tree) {
        FolderTree root = descend(tree);
        List<FolderTree> parts = root.withImages();
        Map<Half, List<FolderTree>> halves = new EnumMap<>(Half.class);
        List<FolderTree> flat = new ArrayList<>();
        for (Half half : Half.values()) {
            List<FolderTree> named = parts.stream().filter(part -> Half.named(part.name()).equals(Optional.of(half))).toList();
            halves.put(half, named.stream().map(Layout::inner).filter(part -> !part.withImages().isEmpty()).toList());
            flat.addAll(named.stream().filter(part -> inner(part).withImages().isEmpty()).toList());
        }
        Optional<FolderTree> training = only(root, halves.get(Half.TRAINING), "training");
        Optional<FolderTree> evaluation = only(root, halves.get(Half.VALIDATION), "validation")
                .or(() -> only(root, halves.get(Half.TEST), "test"));
        List<String> notes = new ArrayList<>();
        if (!tree.runs().isEmpty()) {
            notes.add("results of training passed over: " + Names.some(tree.runs()));
        }
        if (root != tree) {
            notes.add("the images are taken from " + LabelledFile.name(tree.path(), root.path()) + "/");
        }
        if (training.isEmpty() && evaluation.isEmpty()) {
            requireClasses(root, parts, flat);
            return new Layout(Optional.of(root), Optional.empty(), notes);
        }
        List<String> others = parts.stream().filter(part -> !holds(part, training) && !holds(part, evaluation)).map(FolderTree::name).toList();
        if (training.isPresent() && evaluation.isEmpty() && flat.isEmpty() && !others.isEmpty()) {
            throw new DataException(training.get().path() + " looks like the training half of a data set, but beside it are "
                    + String.join(", ", others) + " and no val folder: " + LAYOUTS + "; give " + training.get().path()
                    + " to hold out a part of it, or rename it if it is a class");
        }
        if (!others.isEmpty()) {
            notes.add("passed over beside " + training.or(() -> evaluation).orElseThrow().name() + ": " + String.join(", ", others));
        }
        return new Layout(training, evaluation, notes);
    }

    private static boolean holds(FolderTree part, Optional<FolderTree> half) {
        return half.isPresent() && half.get().path().startsWith(part.path());
    }

    /** The folder that is meant by one that holds nothing else, as an archive's folder does. */
    private static FolderTree descend(FolderTree folder) {
        List<FolderTree> parts = folder.withImages();
        if (parts.size() != 1 || Half.named(parts.getFirst().name()).filter(half -> half != Half.TRAINING).isPresent()) {
            return folder;
        }
        FolderTree inner = descend(parts.getFirst());
        return inner.withImages().size() > 1 ? inner : folder;
    }

    /** What is in a half, which archives like to pack into a second folder of the same kind. */
    private static FolderTree inner(FolderTree half) {
        List<FolderTree> parts = half.withImages();
        return parts.size() == 1 && Half.named(parts.getFirst().name()).equals(Half.named(half.name())) ? inner(parts.getFirst()) : half;
    }

    private static Optional<FolderTree> only(FolderTree root, List<FolderTree> candidates, String what) {
        if (candidates.size() > 1) {
            throw new DataException(root.path() + " has more than one folder of " + what + " images: "
                    + candidates.stream().map(FolderTree::name).collect(Collectors.joining(", ")) + "; leave one there");
        }
        return candidates.stream().findFirst();
    }

    /** Refuses what would be learnt as classes but is halves. */
    private static void requireClasses(FolderTree root, List<FolderTree> parts, List<FolderTree> flat) {
        Set<Half> said = flat.stream().map(part -> Half.named(part.name()).orElseThrow()).collect(Collectors.toSet());
        if (said.contains(Half.TRAINING) && said.size() > 1) {
            throw new DataException(root.path() + ": " + flat.stream().map(FolderTree::name).collect(Collectors.joining(" and "))
                    + " hold images, but no folders of classes: " + LAYOUTS);
        }
        List<Set<String>> inside = parts.stream()
                .map(part -> part.withImages().stream().map(FolderTree::name).collect(Collectors.toSet())).toList();
        Set<String> all = inside.stream().flatMap(Set::stream).collect(Collectors.toSet());
        boolean alike = parts.size() > 1 && inside.stream().allMatch(names -> names.size() > 1) && inside.contains(all)
                && parts.stream().allMatch(part -> part.files().stream().noneMatch(ImageSignature::isImage));
        if (alike) {
            throw new DataException(root.path() + ": " + parts.stream().map(FolderTree::name).collect(Collectors.joining(", "))
                    + " hold the same folders (" + Names.some(all.stream().sorted().toList())
                    + "): if those are the classes, call the folders train and val; if not, put the images directly into the class folders");
        }
    }
}
