package alexnet.core.data.archive.ilsvrc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
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
import alexnet.core.data.index.IndexBuilder;

/**
 * The training images: a tar for each class, within one tar or beside each other. A class is called what its tar is called.
 *
 * @param classes their names, sorted
 * @param images  the images of all of them
 * @param notes   what the user should know
 */
record TrainingArchive(List<String> classes, ArchivedImages images, List<String> notes) {

    private static final String EXTENSION = ".tar";
    private static final int TOLD_EVERY = 100;
    private static final double GIGABYTE = 1e9;

    static TrainingArchive open(IlsvrcFiles files, Opening opening) {
        List<Path> tars = files.training();
        String what = files.isTarOfTars() ? tars.getFirst().toString() : tars.size() + " tars of classes in " + files.folder();
        Kept kept = new KeptIndex("train", files.folder(), tars, opening).open(what, (found, progress) -> {
            Search search = new Search(found, progress);
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
        boolean[] used = new boolean[kept.containers().size()];
        IntStream.range(0, size).forEach(i -> used[kept.index().container(i)] = true);
        List<String> classes = IntStream.range(0, used.length).filter(i -> used[i]).mapToObj(i -> className(kept.containers().get(i))).distinct().sorted().toList();
        int[] ranks = IntStream.range(0, used.length).map(i -> classes.indexOf(className(kept.containers().get(i)))).toArray();
        int[] labels = IntStream.range(0, size).map(i -> ranks[kept.index().container(i)]).toArray();
        OpenArchives archives = new OpenArchives(kept, tars, container -> files.isTarOfTars() ? 0 : container);
        return new TrainingArchive(classes, new ArchivedImages(archives, IntStream.range(0, size).toArray(), labels, TrainingArchive::sampleName), kept.notes());
    }

    private static String className(String container) {
        String tar = container.substring(container.lastIndexOf('/') + 1);
        return Names.composed(tar.endsWith(EXTENSION) ? tar.substring(0, tar.length() - EXTENSION.length()) : tar);
    }

    /** Of a path in a class's tar, which may have the class's folder in front. */
    private static String sampleName(String container, String path) {
        String below = path.startsWith("./") ? path.substring(2) : path;
        String className = className(container);
        return SampleName.of(className, below.startsWith(className + "/") ? below.substring(className.length() + 1) : below);
    }

    private static final class Search {

        private final Found found;
        private final Consumer<String> progress;
        private TarFindings findings = TarFindings.NONE;

        Search(Found found, Consumer<String> progress) {
            this.found = found;
            this.progress = progress;
        }

        void within(TarBytes bytes, Path file, long end) throws IOException {
            String name = file.getFileName().toString();
            TarImages others = new TarImages(name);
            int[] tars = {0};
            TarFindings ofOuter = TarScan.scan(bytes, file.toString(), 0, end, entry -> {
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
            findings = findings.and(ofOuter);
            found.notes().addAll(others.notes());
        }

        void classTar(TarBytes bytes, String name, long begin, long end) throws IOException {
            int container = found.container(name);
            TarImages images = new TarImages(name);
            int before = found.samples().size();
            findings = findings.and(TarScan.scan(bytes, name, begin, end, entry -> {
                if (images.isImage(bytes, entry)) {
                    found.samples().add(entry.name(), IndexBuilder.key(sampleName(name, entry.name())), container, container, entry.offset(),
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
