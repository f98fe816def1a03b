package alexnet.core.data.archive.ilsvrc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import alexnet.core.data.DataException;
import alexnet.core.data.Names;
import alexnet.core.data.Opening;
import alexnet.core.data.SampleName;
import alexnet.core.data.archive.ArchivedImages;
import alexnet.core.data.archive.Found;
import alexnet.core.data.archive.Kept;
import alexnet.core.data.archive.KeptIndex;
import alexnet.core.data.archive.OpenArchives;
import alexnet.core.data.archive.tar.TarBytes;
import alexnet.core.data.archive.tar.TarFindings;
import alexnet.core.data.archive.tar.TarImages;
import alexnet.core.data.archive.tar.TarScan;

/**
 * The training images: a tar for each class, within one tar or beside each other; or tars of many classes, as Hugging Face had them once,
 * in which each image's name ends with its class. A class is called what its tar is called, or by its WNID.
 *
 * @param classes their names, sorted
 * @param images  the images of all of them
 * @param notes   what the user should know
 */
record TrainingArchive(List<String> classes, ArchivedImages images, List<String> notes) {

    private static final String EXTENSION = ".tar";
    private static final int TOLD_EVERY = 100;
    private static final double GIGABYTE = 1e9;
    /** ILSVRC's classes of dogs, from the Chihuahua to the African hunting dog. */
    private static final int DOGS = 120;
    private static final String FIRST_DOG = "n02085620";
    private static final String LAST_DOG = "n02116738";

    static TrainingArchive open(IlsvrcFiles files, Opening opening) {
        List<Path> tars = files.training();
        String what = files.isTarOfTars() ? tars.getFirst().toString() : tars.size() + " tars of classes in " + files.folder();
        Kept kept = new KeptIndex("train", files.folder(), tars, opening).open(what, (found, progress) -> {
            Search search = new Search(found, progress, files.isNamed());
            for (Path tar : tars) {
                try (FileChannel channel = FileChannel.open(tar, StandardOpenOption.READ)) {
                    if (files.isTarOfTars()) {
                        search.within(channel::read, tar, channel.size());
                    } else {
                        search.classTar(channel::read, tar.getFileName().toString(), 0, channel.size());
                    }
                }
            }
            found.notes().addAll(search.findings.notes(what));
        });
        int size = kept.index().size();
        if (size == 0) {
            kept.index().close();
            throw new DataException(what + " holds no images: get it anew");
        }
        List<String> ofContainers = kept.containers().stream().map(TrainingArchive::className).toList();
        IntFunction<String> classOf = files.isNamed() ? i -> SampleName.wnid(kept.index().name(i)).orElseThrow() : i -> ofContainers.get(kept.index().container(i));
        List<String> classes = IntStream.range(0, size).mapToObj(classOf).distinct().sorted().toList();
        int[] labels = IntStream.range(0, size).map(i -> Collections.binarySearch(classes, classOf.apply(i))).toArray();
        OpenArchives archives = new OpenArchives(kept, tars, container -> files.isTarOfTars() ? 0 : container);
        List<String> notes = new ArrayList<>(kept.notes());
        if (classes.size() == DOGS && classes.getFirst().compareTo(FIRST_DOG) >= 0 && classes.getLast().compareTo(LAST_DOG) <= 0) {
            notes.add(what + " holds the " + DOGS + " breeds of dogs of another task, not the 1000 classes, which are in ILSVRC2012_img_train.tar (138 GB)");
        }
        return new TrainingArchive(classes, new ArchivedImages(archives, IntStream.range(0, size).toArray(), labels, TrainingArchive::sampleName), notes);
    }

    private static String className(String container) {
        String tar = container.substring(container.lastIndexOf('/') + 1);
        return Names.composed(tar.endsWith(EXTENSION) ? tar.substring(0, tar.length() - EXTENSION.length()) : tar);
    }

    /** Of a path in a class's tar, which may have the class's folder in front. */
    private static String sampleName(String container, String path) {
        String className = className(container);
        return SampleName.of(className, path.startsWith(className + "/") ? path.substring(className.length() + 1) : path);
    }

    private static final class Search {

        private final Found found;
        private final Consumer<String> progress;
        private final boolean named;
        private TarFindings findings = TarFindings.NONE;

        Search(Found found, Consumer<String> progress, boolean named) {
            this.found = found;
            this.progress = progress;
            this.named = named;
        }

        void within(TarBytes bytes, Path file, long end) throws IOException {
            String name = file.getFileName().toString();
            TarImages others = new TarImages(name);
            int[] tars = {0};
            TarFindings outer = TarScan.scan(bytes, file.toString(), 0, end, entry -> {
                if (entry.name().endsWith(EXTENSION)) {
                    tars[0]++;
                    classTar(bytes, name + "/" + entry.name(), entry.offset(), entry.offset() + entry.length());
                    if (tars[0] % TOLD_EVERY == 0) {
                        progress.accept(String.format(Locale.ROOT, "%d tars with %d images found, %.1f of %.1f GB looked through", tars[0],
                                found.samples().size(), (entry.offset() + entry.length()) / GIGABYTE, end / GIGABYTE));
                    }
                } else if (!TarImages.isForeign(entry)) {
                    others.passedOver(entry);
                }
                return true;
            });
            findings = findings.and(outer);
            found.notes().addAll(others.notes());
        }

        void classTar(TarBytes bytes, String name, long begin, long end) throws IOException {
            int container = found.container(name);
            TarImages images = new TarImages(name);
            int before = found.samples().size();
            findings = findings.and(TarScan.scan(bytes, name, begin, end, entry -> {
                if (named && SampleName.wnid(entry.name()).isEmpty()) {
                    images.passedOver(entry);
                } else if (images.isImage(bytes, entry)) {
                    found.samples().add(entry.name(), SampleName.key(sampleName(name, entry.name())), container, container, entry.offset(),
                            (int) entry.length(), 0);
                }
                return true;
            }));
            found.notes().addAll(images.notes());
            if (found.samples().size() == before) {
                found.notes().add(name + " has no images: the class is left out");
            }
        }
    }
}
