package alexnet.core.data.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
        private boolean[] used = new boolean[0];

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
            }
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
         * Names the classes: by ILSVRC's names where the images have them, else by what the set says, else by the number.
         *
         * @param said what the numbers stand for; may be empty, or the words for classes that have WNIDs
         * @throws DataException if two numbers are one class
         */
        public NumberedClasses build(List<String> said) {
            boolean wordNet = IntStream.range(0, used.length).allMatch(label -> !used[label] || wnids[label] != null) && used.length > 0;
            int count = wordNet || said.isEmpty() ? last() + 1 : said.size();
            if (last() >= count) {
                throw new DataException(place + " has the label " + last() + ", and names for " + count + " classes alone");
            }
            List<Integer> labels = new ArrayList<>();
            ClassName[] names = new ClassName[count];
            Set<String> seen = new HashSet<>();
            for (int label = 0; label < count; label++) {
                if (!wordNet && !said.isEmpty() || used[label]) {
                    names[label] = wordNet ? new ClassName(wnids[label], label < said.size() ? Optional.of(said.get(label)) : Optional.empty(), OptionalInt.empty())
                            : ClassName.of(said.isEmpty() ? Integer.toString(label) : said.get(label));
                    labels.add(label);
                    if (!seen.add(names[label].name())) {
                        throw new DataException(place + " has two numbers for the class " + names[label].name());
                    }
                }
            }
            labels.sort(Comparator.comparing(label -> names[label].name()));
            int[] ranks = new int[count];
            Arrays.fill(ranks, -1);
            IntStream.range(0, labels.size()).forEach(rank -> ranks[labels.get(rank)] = rank);
            return new NumberedClasses(labels.stream().map(label -> names[label]).toList(), ranks);
        }

        private int last() {
            return IntStream.range(0, used.length).filter(label -> used[label]).max().orElse(-1);
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
