package alexnet.core.data.archive;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.SampleName;

/**
 * The names of classes that a set gives as numbers, sorted by name as classes are everywhere.
 *
 * @param names the classes in their order
 * @param ranks for each number its place among them; -1 where no image has it and nothing names it
 */
public record NumberedClasses(List<ClassName> names, int[] ranks) {

    /** Gathers what is known of numbers. */
    public static final class Builder {

        private static final int LIMIT = 1 << 20;

        private final String place;
        private String[] wnids = new String[0];
        private String[] folders = new String[0];
        private boolean[] used = new boolean[0];
        private boolean foldersTell = true;

        /** @param place what messages call the set */
        public Builder(String place) {
            this.place = place;
        }

        /**
         * A labelled image.
         *
         * @param path what its file was called, or null
         * @throws DataException if ILSVRC's names say that it is of another class than the others of this number
         */
        public void add(int label, String path) {
            if (label < 0 || label >= LIMIT) {
                throw new DataException(place + " has the label " + label + (path == null ? "" : " of " + path) + ": labels are numbers from 0 on");
            }
            if (label >= used.length) {
                used = Arrays.copyOf(used, Math.max(label + 1, 2 * used.length));
                wnids = Arrays.copyOf(wnids, used.length);
                folders = Arrays.copyOf(folders, used.length);
            }
            String folder = path == null || path.indexOf('/') < 1 ? "" : path.substring(0, path.indexOf('/'));
            foldersTell = foldersTell && !folder.isEmpty() && (!used[label] || folders[label].equals(folder));
            folders[label] = folder;
            used[label] = true;
            Optional<String> wnid = path == null ? Optional.empty() : SampleName.wnid(path);
            if (wnid.isEmpty()) {
                return;
            }
            if (wnids[label] == null) {
                wnids[label] = wnid.get();
            } else if (!wnids[label].equals(wnid.get())) {
                throw new DataException(place + ": the label " + label + " is given to images of " + wnids[label] + " and of " + wnid.get() + " (" + path
                        + "): its labels and its files do not belong together");
            }
        }

        /**
         * Names the classes: by ILSVRC's names where the images have them, else by what the set says, else by the folders of the
         * images where each class has its own, else by the number.
         *
         * @param said what the numbers stand for; may be empty, or words alone for classes that have WNIDs
         * @throws DataException if two numbers are one class, or the images contradict what is said
         */
        public NumberedClasses build(List<ClassName> said) {
            int last = IntStream.range(0, used.length).filter(label -> used[label]).max().orElse(-1);
            boolean wordNet = last >= 0 && all(label -> wnids[label] != null);
            if (!wordNet && !said.isEmpty() && last >= said.size()) {
                throw new DataException(place + " has the label " + last + ", and names for " + said.size() + " classes alone");
            }
            boolean byFolder = foldersTell && Arrays.stream(folders).filter(Objects::nonNull).distinct().count() == Arrays.stream(folders).filter(Objects::nonNull).count();
            ClassName[] names = new ClassName[wordNet || said.isEmpty() ? last + 1 : said.size()];
            for (int label = 0; label < names.length; label++) {
                if (wordNet) {
                    names[label] = used[label] ? synset(label, said) : null;
                } else if (!said.isEmpty()) {
                    names[label] = said.get(label);
                } else if (used[label]) {
                    names[label] = ClassName.of(byFolder ? folders[label] : Integer.toString(label));
                }
            }
            return sorted(names);
        }

        private ClassName synset(int label, List<ClassName> said) {
            if (label >= said.size()) {
                return ClassName.of(wnids[label]);
            }
            ClassName words = said.get(label);
            if (ClassName.isWnid(words.name())) {
                if (!words.name().equals(wnids[label])) {
                    throw new DataException(place + ": the list of classes calls the label " + label + " " + words.name() + ", and its images are of "
                            + wnids[label] + ": they do not belong together");
                }
                return words;
            }
            return new ClassName(wnids[label], Optional.of(words.name()), OptionalInt.empty());
        }

        private NumberedClasses sorted(ClassName[] names) {
            List<Integer> labels = IntStream.range(0, names.length).filter(label -> names[label] != null).boxed()
                    .sorted(Comparator.comparing(label -> names[label].name())).toList();
            int[] ranks = new int[names.length];
            Arrays.fill(ranks, -1);
            for (int rank = 0; rank < labels.size(); rank++) {
                ranks[labels.get(rank)] = rank;
                if (rank > 0 && names[labels.get(rank)].name().equals(names[labels.get(rank - 1)].name())) {
                    throw new DataException(place + " has two numbers for the class " + names[labels.get(rank)].name());
                }
            }
            return new NumberedClasses(labels.stream().map(label -> names[label]).toList(), ranks);
        }

        private boolean all(IntPredicate holds) {
            return IntStream.range(0, used.length).allMatch(label -> !used[label] || holds.test(label));
        }
    }

    /** The place of a number among the classes, or -1. */
    public int rank(int label) {
        return label >= 0 && label < ranks.length ? ranks[label] : -1;
    }

    /** What to tell where classes are numbered otherwise than in the set. */
    public Optional<String> note() {
        return IntStream.range(0, ranks.length).anyMatch(label -> ranks[label] != label)
                ? Optional.of("classes are numbered by their sorted names, from 0 on: otherwise than in the set") : Optional.empty();
    }
}
