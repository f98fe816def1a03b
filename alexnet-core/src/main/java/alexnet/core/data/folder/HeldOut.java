package alexnet.core.data.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import alexnet.core.data.DataException;
import alexnet.core.data.HeldOutNames;
import alexnet.core.data.Names;
import alexnet.core.data.Skipped;
import alexnet.core.data.decode.ImageDecoder;
import alexnet.core.data.decode.LittleMemoryException;

/**
 * Splits labelled files into training and validation, by nothing but their content: on every machine, in any order and
 * under any name the same images are held out.
 *
 * <p>Of files with the {@linkplain Contents same content} only the first by path is kept, so that none can leak from
 * training into validation. Then, in each class of {@code n} images, the {@code round(share n)} with the smallest hashes are
 * held out, at least one and at most {@code n - 1}; an only image is for training. What is held out can be decoded, and so
 * can one image of each class at least that is not: to know that, a share of the images is decoded here already. An image more
 * or less moves at most one other over the boundary.
 *
 * <p>Where there are more files than may be read, nothing is: names decide instead of contents, and copies are not looked for.
 *
 * @param training   the images to learn from, in their order
 * @param validation the images held out, in their order
 * @param skipped    files that could not be read, and those left out for other reasons
 * @param notes      what was done, for the user
 */
record HeldOut(List<LabelledFile> training, List<LabelledFile> validation, List<Skipped> skipped, List<String> notes) {

    /**
     * Splits files.
     *
     * @param folder   what messages leave out
     * @param half     what the folders of the classes lie in
     * @param mostRead of so many files the contents are read
     */
    static HeldOut of(Path folder, Path half, List<LabelledFile> files, int classes, double share, int mostRead) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("held-out share " + share + " must lie between 0 and 1");
        }
        if (files.size() > mostRead) {
            return byName(folder, half, files, share);
        }
        Contents contents = Contents.of(folder, files).withoutContradictions().withoutCopies();
        List<Skipped> skipped = new ArrayList<>(contents.skipped());
        List<String> notes = new ArrayList<>(contents.notes());
        List<List<LabelledFile>> byClass = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            byClass.add(new ArrayList<>());
        }
        contents.files().forEach(file -> byClass.get(file.label()).add(file));

        Set<LabelledFile> heldOut = new HashSet<>();
        Set<LabelledFile> broken = new HashSet<>();
        for (List<LabelledFile> images : byClass) {
            images.sort(Comparator.comparing(LabelledFile::content));
            var choice = new Choice(folder, images);
            choice.keepOneForTraining();
            choice.holdOut(HeldOutNames.count(images.size(), share));
            heldOut.addAll(choice.heldOut);
            broken.addAll(choice.broken);
            skipped.addAll(choice.skipped);
        }
        if (heldOut.isEmpty()) {
            throw new DataException(folder + " has no class with two different images: none can be held out for validation"
                    + (skipped.isEmpty() ? "" : " (left out: " + Names.some(skipped.stream().map(Skipped::toString).toList()) + ")"));
        }
        List<LabelledFile> kept = contents.files().stream().filter(file -> !broken.contains(file)).toList();
        notes.add(HeldOutNames.note(heldOut.size(), kept.size(), share));
        return new HeldOut(kept.stream().filter(file -> !heldOut.contains(file)).toList(),
                kept.stream().filter(heldOut::contains).toList(), skipped, notes);
    }

    /** Nothing is read: instead of the contents, the names decide. */
    private static HeldOut byName(Path folder, Path half, List<LabelledFile> files, double share) {
        BitSet heldOut = HeldOutNames.of(files.size(), i -> files.get(i).label(), new ImageFiles(folder, half, files)::sampleName, share);
        LabelledFiles training = new LabelledFiles();
        LabelledFiles validation = new LabelledFiles();
        for (int i = 0; i < files.size(); i++) {
            (heldOut.get(i) ? validation : training).add(files.get(i));
        }
        if (validation.isEmpty()) {
            throw new DataException(folder + " has no class with two images: none can be held out for validation");
        }
        return new HeldOut(training, validation, List.of(), List.of(Contents.notLookedFor(files.size()),
                HeldOutNames.note(validation.size(), files.size(), share)));
    }

    /** What is held out of one class, whose images are tried in the order of their hashes. */
    private static final class Choice {

        private final Path folder;
        private final List<LabelledFile> images;
        private final List<LabelledFile> heldOut = new ArrayList<>();
        private final List<LabelledFile> broken = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private int end;

        Choice(Path folder, List<LabelledFile> images) {
            this.folder = folder;
            this.images = images;
            this.end = images.size();
        }

        /** Makes sure of one image from the end of the order. */
        void keepOneForTraining() {
            boolean found = false;
            while (!found && end > 0) {
                end--;
                found = decodes(images.subList(end, end + 1)).getFirst();
            }
        }

        void holdOut(int count) {
            int tried = 0;
            while (heldOut.size() < count && tried < end) {
                List<LabelledFile> next = images.subList(tried, Math.min(end, tried + count - heldOut.size()));
                List<Boolean> decodes = decodes(next);
                for (int i = 0; i < next.size(); i++) {
                    if (decodes.get(i)) {
                        heldOut.add(next.get(i));
                    }
                }
                tried += next.size();
            }
        }

        private List<Boolean> decodes(List<LabelledFile> files) {
            List<Skipped> failures = files.parallelStream().map(file -> {
                try {
                    ImageDecoder.decode(file.path());
                    return null;
                } catch (LittleMemoryException sound) {
                    // What is held out must not follow from the memory of a machine.
                    return null;
                } catch (IOException e) {
                    return Skipped.of(file.name(folder), e);
                }
            }).toList();
            for (int i = 0; i < files.size(); i++) {
                if (failures.get(i) != null) {
                    broken.add(files.get(i));
                    skipped.add(failures.get(i));
                }
            }
            return failures.stream().map(failure -> failure == null).toList();
        }
    }
}
