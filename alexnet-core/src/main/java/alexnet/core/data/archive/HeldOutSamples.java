package alexnet.core.data.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import alexnet.core.data.DataException;
import alexnet.core.data.HeldOutNames;
import alexnet.core.data.Names;
import alexnet.core.data.SampleName;
import alexnet.core.data.Skipped;
import alexnet.core.data.decode.ImageDecoder;
import alexnet.core.data.decode.ImageException;
import alexnet.core.data.decode.LittleMemoryException;
import alexnet.core.data.folder.Contents;
import alexnet.core.data.folder.ImageSignature;

/**
 * Holds out a share of the images of archives that have no validation half, by the rules of folders: of the same pictures the same are
 * held out, whichever form they are in. Pictures that lie in two classes are left out, and so are copies; what is held out can be
 * decoded. Where there are more than {@link Contents#MOST_READ}, nothing is read, and names decide instead of contents.
 *
 * @param training   the images to learn from
 * @param validation those that are held out
 * @param skipped    what is left out, and why
 * @param notes      the same for the user
 */
public record HeldOutSamples(ArchivedImages training, ArchivedImages validation, List<Skipped> skipped, List<String> notes) {

    /**
     * Splits images, which are closed: those that come out take their place.
     *
     * @param place   what messages call the set
     * @param classes how many there are
     * @throws DataException if none can be held out
     */
    public static HeldOutSamples of(ArchivedImages images, int classes, String place) {
        Split split = new Split(images, classes);
        if (images.size() <= Contents.MOST_READ) {
            split.byContent();
        } else {
            split.byName();
        }
        if (split.heldOut.isEmpty()) {
            throw new DataException(place + " has no class with two different images: none can be held out for validation");
        }
        split.notes.add(HeldOutNames.note(split.heldOut.cardinality(), split.heldOut.cardinality() + split.kept.cardinality(), HeldOutNames.SHARE));
        ArchivedImages training = images.chosen(split.kept.stream().toArray());
        ArchivedImages validation = images.chosen(split.heldOut.stream().toArray());
        images.close();
        return new HeldOutSamples(training, validation, split.skipped, split.notes);
    }

    private static final class Split {

        private final ArchivedImages images;
        private final int classes;
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final BitSet kept = new BitSet();
        private final BitSet heldOut = new BitSet();

        Split(ArchivedImages images, int classes) {
            this.images = images;
            this.classes = classes;
            kept.set(0, images.size());
        }

        void byName() {
            notes.add(Contents.notLookedFor(images.size()));
            heldOut.or(HeldOutNames.of(images.size(), images::label, images::sampleName, HeldOutNames.SHARE));
            kept.andNot(heldOut);
        }

        void byContent() {
            String[] hashes = new String[images.size()];
            boolean[] pictures = new boolean[images.size()];
            IntStream.range(0, images.size()).parallel().forEach(i -> {
                try {
                    hashes[i] = images.with(i, file -> {
                        pictures[i] = ImageSignature.begins(Arrays.copyOf(file, Math.min(file.length, ImageSignature.HEAD)));
                        return Contents.hash(file);
                    });
                } catch (ImageException e) {
                    // It is told when it is decoded.
                    hashes[i] = images.name(i);
                } catch (IOException e) {
                    throw new DataException("cannot read " + images.name(i) + ": " + Skipped.reason(e), e);
                }
            });
            leaveOutCopies(hashes, pictures);
            for (int[] members : ofClasses(hashes)) {
                int end = members.length;
                while (end > 0 && !decodes(members[--end])) {
                    // One that is for training can be decoded.
                }
                int held = 0;
                for (int tried = 0; held < HeldOutNames.count(members.length, HeldOutNames.SHARE) && tried < end; tried++) {
                    if (decodes(members[tried])) {
                        holdOut(members[tried]);
                        held++;
                    }
                }
            }
        }

        private void leaveOutCopies(String[] hashes, boolean[] pictures) {
            Map<String, List<Integer>> groups = new HashMap<>();
            IntStream.range(0, hashes.length).filter(i -> pictures[i]).boxed().sorted(Comparator.comparing(images::label).thenComparing(images::sampleName))
                    .forEach(i -> groups.computeIfAbsent(hashes[i], _ -> new ArrayList<>()).add(i));
            List<String> contradictory = new ArrayList<>();
            List<String> copies = new ArrayList<>();
            groups.values().stream().filter(group -> group.size() > 1).sorted(Comparator.comparing(List::getFirst)).forEach(group -> {
                if (group.stream().map(images::label).distinct().count() > 1 && !group.stream().allMatch(i -> SampleName.isIlsvrc(images.name(i)))) {
                    String names = Names.some(group.stream().map(images::name).toList());
                    group.forEach(i -> {
                        kept.clear(i);
                        skipped.add(Contents.contradictory(images.name(i), names));
                        contradictory.add(images.name(i));
                    });
                } else {
                    group.subList(1, group.size()).forEach(i -> {
                        kept.clear(i);
                        copies.add(images.name(i) + " is " + images.name(group.getFirst()));
                    });
                }
            });
            if (!contradictory.isEmpty()) {
                notes.add(Contents.contradictionsLeftOut(contradictory));
            }
            if (!copies.isEmpty()) {
                notes.add(Contents.copiesLeftOut(copies));
            }
        }

        /** What is kept, class by class in the order of the hashes. */
        private int[][] ofClasses(String[] hashes) {
            List<List<Integer>> members = new ArrayList<>();
            IntStream.range(0, classes).forEach(_ -> members.add(new ArrayList<>()));
            kept.stream().forEach(i -> members.get(images.label(i)).add(i));
            return members.stream().map(each -> each.stream().sorted(Comparator.comparing(i -> hashes[i])).mapToInt(Integer::intValue).toArray()).toArray(int[][]::new);
        }

        private void holdOut(int image) {
            kept.clear(image);
            heldOut.set(image);
        }

        /** What does not is left out. */
        private boolean decodes(int image) {
            try {
                images.with(image, ImageDecoder::decode);
                return true;
            } catch (LittleMemoryException sound) {
                // What is held out must not follow from the memory of a machine.
                return true;
            } catch (IOException e) {
                skipped.add(Skipped.of(images.name(image), e));
                kept.clear(image);
                return false;
            }
        }
    }
}
