package alexnet.core.data.archive.ilsvrc;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Opening;
import alexnet.core.data.SampleName;
import alexnet.core.data.Skipped;
import alexnet.core.data.archive.ArchivedImages;
import alexnet.core.data.archive.Kept;
import alexnet.core.data.archive.KeptIndex;
import alexnet.core.data.archive.OpenArchives;
import alexnet.core.data.archive.tar.TarImages;
import alexnet.core.data.archive.tar.TarScan;

/**
 * The validation images, whose classes the development kit tells by the number of each, or its own name in later copies.
 *
 * @param classes what numbers the classes
 * @param images  those whose class is known
 * @param skipped the others
 * @param notes   what the user should know
 */
record ValidationArchive(List<ClassName> classes, ArchivedImages images, List<Skipped> skipped, List<String> notes) {

    private static final BinaryOperator<String> SAMPLE_NAME = (_, name) -> SampleName.ofPath(name);

    /**
     * Opens it.
     *
     * @param classes what numbers the classes; empty for those of the images
     * @throws DataException if an image is of none of them, or nothing tells its class
     */
    static ValidationArchive open(Path file, Optional<Devkit> devkit, Optional<List<ClassName>> classes, Opening opening) {
        Kept kept = new KeptIndex("val", file.toAbsolutePath().getParent(), List.of(file), opening).open(file.toString(), (found, _) -> {
            int container = found.container(file.getFileName().toString());
            TarImages images = new TarImages(file.getFileName().toString());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                found.notes().addAll(TarScan.scan(channel::read, file.toString(), 0, channel.size(), entry -> {
                    if (images.isImage(channel::read, entry)) {
                        found.samples().add(entry.name(), SampleName.key(SampleName.ofPath(entry.name())), 0, container, entry.offset(), (int) entry.length(), 0);
                    }
                    return true;
                }).notes(file.toString()));
            }
            found.notes().addAll(images.notes());
        });
        try {
            return labelled(file, kept, devkit, classes);
        } catch (DataException e) {
            kept.index().close();
            throw e;
        }
    }

    private static ValidationArchive labelled(Path file, Kept kept, Optional<Devkit> devkit, Optional<List<ClassName>> known) {
        List<ClassName> classes = known.orElseGet(() -> ClassName.of(IntStream.range(0, kept.index().size())
                .mapToObj(i -> SampleName.wnid(kept.index().name(i))).flatMap(Optional::stream).distinct().sorted().toList()));
        Map<String, Integer> ranks = new HashMap<>();
        IntStream.range(0, classes.size()).forEach(rank -> ranks.put(classes.get(rank).name(), rank));
        int[] samples = new int[kept.index().size()];
        int[] labels = new int[samples.length];
        int count = 0;
        List<Skipped> skipped = new ArrayList<>();
        for (int i = 0; i < samples.length; i++) {
            String name = kept.index().name(i);
            Optional<String> wnid = SampleName.wnid(name).or(() -> devkit.flatMap(kit -> kit.wnid(SampleName.ofPath(name))));
            if (wnid.isEmpty() && devkit.isEmpty()) {
                throw new DataException(file + " says not of what classes its images are: put ILSVRC2012_devkit_t12.tar.gz beside it, which does, "
                        + "or move it away to hold out a part of the training images");
            }
            if (wnid.isEmpty()) {
                skipped.add(new Skipped(file.getFileName() + "/" + name, "the development kit says not of what class it is", true));
            } else if (!ranks.containsKey(wnid.get())) {
                throw new DataException(file + "/" + name + " is of the class " + wnid.get() + ", which there are no training images of: get the training images anew");
            } else {
                samples[count] = i;
                labels[count++] = ranks.get(wnid.get());
            }
        }
        if (count == 0) {
            throw new DataException(file + " holds no images whose class is known: get it anew, and the development kit beside it");
        }
        OpenArchives archives = new OpenArchives(kept, List.of(file), _ -> 0);
        List<String> notes = new ArrayList<>(kept.notes());
        int told = devkit.map(kit -> kit.groundTruth().length).orElse(count);
        if (told != count) {
            notes.add(file + " has " + count + " images whose class is known, the development kit speaks of " + told);
        }
        return new ValidationArchive(classes, new ArchivedImages(archives, Arrays.copyOf(samples, count), Arrays.copyOf(labels, count), SAMPLE_NAME), skipped, notes);
    }
}
