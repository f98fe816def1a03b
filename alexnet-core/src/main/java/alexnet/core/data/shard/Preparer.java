package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import alexnet.core.checkpoint.WholeFile;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredSize;
import alexnet.core.data.decode.JpegCodecs;
import alexnet.core.data.decode.JpegEncoder;
import alexnet.core.data.index.IndexBuilder;

/**
 * Prepares a set: decodes every image once, brings it to its size and writes it into shards, see {@link SetFolder}. Threads decode and
 * encode; one writes, in order, so that the same images give the same bytes on any number of threads.
 *
 * <p>Whenever it is stopped it goes on behind the last whole shard when it is called again with the same images and options, and ends with
 * the same bytes.
 */
public final class Preparer {

    /** Images that may wait for their turn, a thread: as many as are read while a large one is decoded, or a shard comes to the disk. */
    private static final int AHEAD = 64;
    private static final long AHEAD_BYTES = 1L << 26;

    private final Dataset dataset;
    private final PreparationOptions options;
    private final PreparationListener listener;
    private final SetFolder folder;
    private final Unfinished unfinished;
    private final Sample.Maker maker;
    private final List<Slice> slices;
    private final long images;
    /** What was found to be no image before the images were split. */
    private final List<BadImage> before;
    private final DatasetStatistics.Collector sums;
    private Unfinished.State state;
    private long done;
    private long written;

    private Preparer(Dataset dataset, Path output, PreparationOptions options, PreparationListener listener) {
        this.dataset = dataset;
        this.options = options;
        this.listener = listener;
        folder = new SetFolder(output);
        unfinished = new Unfinished(folder);
        Preprocessing preprocessing = new Preprocessing(new StoredSize(options.size(), options.size()), options.resize());
        maker = new Sample.Maker(preprocessing, dataset.channels(), options.encoding(), JpegCodecs.encoder(), options.quality());
        slices = Stream.concat(Slice.of(Split.TRAIN, dataset.training(), options.shardImages(), preprocessing.size()).stream(),
                Slice.of(Split.VAL, dataset.validation(), options.shardImages(), preprocessing.size()).stream()).toList();
        images = dataset.training().size() + (long) dataset.validation().size();
        before = dataset.skipped().stream().filter(Skipped::unreadable).map(skipped -> BadImage.of(null, skipped.name(), skipped)).toList();
        sums = new DatasetStatistics.Collector(dataset.channels(), preprocessing.size());
    }

    /**
     * Prepares a set, or goes on with it; where it is finished, nothing is done.
     *
     * @param output folder of the set, which is made if it isn't there
     * @return what is there in the end
     * @throws DataException        if too many images cannot be read, none of a half can, or reading fails for a reason that is not the images'
     * @throws PreparationException if the folder holds something else, has been begun in another way, is in use, or the disk has no room
     * @throws MemoryShortageException if an image needs a larger heap; then it can be gone on with
     * @throws IOException          if the folder cannot be written; then it can be gone on with
     */
    public static Manifest prepare(Dataset dataset, Path output, PreparationOptions options, PreparationListener listener) throws IOException {
        return new Preparer(dataset, output, options, listener).prepare();
    }

    private Manifest prepare() throws IOException {
        Manifest empty = empty();
        try (OutputFolder claimed = OutputFolder.claim(folder)) {
            if (options.overwrite()) {
                claimed.discardSet();
            }
            claimed.sweep();
            if (Files.exists(folder.manifest())) {
                Manifest there = Manifest.read(folder.path());
                empty.requireSameWay(there, folder.path());
                unfinished.delete();
                return there;
            }
            state = unfinished.read(sums, empty).orElse(new Unfinished.State(empty, before));
            begin();
            try (ReadAhead<Sample> samples = new ReadAhead<>(options.workers(), ahead(), tasks(left()))) {
                for (Slice slice : left()) {
                    write(slice, samples);
                }
            }
            requireImages();
            Manifest manifest = Finish.write(unfinished, state.manifest(), state.bad(), sums.statistics());
            unfinished.delete();
            return manifest;
        }
    }

    private Manifest empty() {
        boolean jpeg = options.encoding() == Encoding.JPEG;
        Manifest.Half none = new Manifest.Half(0, 0, new int[dataset.classNames().size()], List.of());
        JpegEncoder encoder = maker.encoder();
        return new Manifest(Manifest.FORMAT, options.encoding(), options.size(), options.resize(), dataset.channels(), jpeg ? options.quality() : null,
                options.shardImages(), JpegCodecs.decoderName(), jpeg ? encoder.name() : null, SourceDigest.of(dataset),
                dataset.classNames().stream().map(Manifest.ClassName::of).toList(), none, none, List.of());
    }

    /** Tells how large the set gets, and proves that it can be written. */
    private void begin() throws IOException {
        long there = 0;
        for (Split split : Split.values()) {
            Manifest.Half half = state.manifest().half(split);
            done += half.images() + half.bad();
            for (Manifest.Shard shard : half.shards()) {
                requireWritten(shard);
                there += shard.bytes();
            }
        }
        requireFewBad(state.bad());
        SetSize size = SetSize.of(slices, maker, options.workers());
        listener.started(done, images, size.bytes(), size.exact());
        size.requireRoom(folder.path(), there, List.of(dataset.training(), dataset.validation()));
        unfinished.write(state, sums);
        for (Split split : Split.values()) {
            Files.createDirectories(folder.path().resolve(split.toString()));
        }
    }

    private void requireWritten(Manifest.Shard shard) throws IOException {
        Path file = folder.path().resolve(shard.file());
        if (!Files.exists(file) || Files.size(file) != shard.bytes()) {
            throw new PreparationException(file + " is no longer as it was written: begin anew by --overwrite");
        }
    }

    private int ahead() {
        long bytes = (long) dataset.channels() * maker.preprocessing().size().area();
        return (int) Math.clamp(AHEAD_BYTES / bytes, options.workers() + 1, (long) AHEAD * options.workers());
    }

    private List<Slice> left() {
        return slices.stream().filter(slice -> slice.number() >= state.manifest().half(slice.split()).shards().size()).toList();
    }

    private Iterator<Callable<Sample>> tasks(List<Slice> slices) {
        return slices.stream().flatMap(slice -> IntStream.range(0, slice.images().length)
                .<Callable<Sample>>mapToObj(place -> () -> maker.make(slice, place))).iterator();
    }

    private void write(Slice slice, ReadAhead<Sample> samples) throws IOException {
        String name = SetFolder.shardName(slice.split(), slice.number(), options.encoding());
        IndexBuilder index = new IndexBuilder();
        List<BadImage> bad = new ArrayList<>(state.bad());
        List<Integer> labels = new ArrayList<>();
        WholeFile.write(folder.path().resolve(name), channel -> {
            ShardWriter writer = writer(channel, slice);
            EarlyForce force = new EarlyForce(channel);
            for (int place = 0; place < slice.images().length; place++) {
                Sample sample = samples.next();
                if (sample.bad() == null) {
                    long offset = writer.add(sample.name(), sample.label(), sample.content());
                    index.add(sample.name(), sample.label(), 0, offset, sample.content().length, sample.checksum());
                    labels.add(sample.label());
                    written += sample.content().length;
                    force.wrote(sample.content().length);
                } else {
                    bad.add(BadImage.of(slice.split(), sample.name(), sample.bad()));
                    requireFewBad(bad);
                }
                listener.advanced(++done, written);
            }
            force.finish();
            writer.finish();
        });
        Manifest.SetFile sum = FileSums.of(folder.path(), name);
        Manifest.Shard shard = new Manifest.Shard(name, labels.size(), sum.bytes(), sum.crc32c(), writeLabels(slice, labels));
        index.write(unfinished.index(slice.split(), slice.number()), List.of(name));
        slice.sums().moveTo(sums);
        state = new Unfinished.State(state.manifest().with(slice.split(), shard, bad.size() - state.bad().size(), counts(labels)), bad);
        unfinished.write(state, sums);
        listener.written(slice.split(), shard);
    }

    private ShardWriter writer(FileChannel channel, Slice slice) throws IOException {
        return switch (options.encoding()) {
            case RAW -> new RawShard(channel, slice.images().length, dataset.channels(), options.size());
            case JPEG -> new TarShard(channel);
        };
    }

    private Manifest.SetFile writeLabels(Slice slice, List<Integer> labels) throws IOException {
        if (options.encoding() == Encoding.JPEG) {
            return null;
        }
        NpyFile.write(folder.labels(slice.split(), slice.number()), labels.stream().mapToLong(Integer::longValue).toArray());
        return FileSums.of(folder.path(), SetFolder.labelsName(slice.split(), slice.number()));
    }

    private int[] counts(List<Integer> labels) {
        int[] counts = new int[dataset.classNames().size()];
        labels.forEach(label -> counts[label]++);
        return counts;
    }

    /** Stops as soon as it is certain that more images are bad than may be; those so far are listed. */
    private void requireFewBad(List<BadImage> bad) throws IOException {
        if (options.maxBad().allows(bad.size(), images + before.size())) {
            return;
        }
        try {
            options.maxBad().check(dataset.folder(), BadImage.skipped(bad), (int) (images + before.size() - bad.size()));
        } catch (DataException tooMany) {
            WholeFile.write(folder.badImages(), Finish.badImages(bad));
            throw tooMany;
        }
    }

    private void requireImages() {
        for (Split split : Split.values()) {
            if (state.manifest().half(split).images() == 0) {
                throw new DataException("no images in " + dataset.folder() + ": none of the " + state.manifest().half(split).bad() + " images for " + split + " can be read");
            }
        }
    }
}
