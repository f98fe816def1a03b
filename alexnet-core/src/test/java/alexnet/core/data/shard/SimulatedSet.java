package alexnet.core.data.shard;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.data.index.IndexBuilder;

/**
 * Writes a raw prepared set of any size that takes hardly any disk: its shards are sparse, all images black. For what depends on how
 * many images there are, and not on what they show.
 *
 * <pre>
 *   java -cp ... alexnet.core.data.shard.SimulatedSet FOLDER [IMAGES [SHARDS [SIZE [CLASSES]]]]
 * </pre>
 */
public final class SimulatedSet {

    private static final int VALIDATION = 50_000;

    private SimulatedSet() {
    }

    /** By default ImageNet's numbers. */
    public static void main(String... arguments) throws IOException {
        write(Path.of(arguments[0]), number(arguments, 1, 1_281_167), number(arguments, 2, 1024), number(arguments, 3, 256), number(arguments, 4, 1000));
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    /** Writes a set, the validation half at most as large as ImageNet's. */
    static void write(Path folder, int images, int shards, int size, int classes) throws IOException {
        List<Manifest.SetFile> files = new ArrayList<>();
        int shardImages = Math.ceilDiv(images, shards);
        Manifest.Half train = half(folder, Split.TRAIN, images, shardImages, size, classes, files);
        Manifest.Half val = half(folder, Split.VAL, Math.min(VALIDATION, Math.ceilDiv(images, 25)), shardImages, size, classes, files);
        SetFolder set = new SetFolder(folder);
        DatasetStatistics.Collector collector = new DatasetStatistics.Collector(3, new StoredSize(size, size));
        collector.add(new byte[3 * size * size]);
        DatasetStatistics statistics = collector.statistics();
        NpyFile.write(set.mean(), statistics.mean(), 3, size, size);
        NpyFile.write(set.components(), statistics.components(), 3, 3);
        NpyFile.write(set.eigenvalues(), statistics.eigenvalues(), 3);
        Files.write(set.badImages(), Finish.badImages(List.of()));
        for (Path file : List.of(set.mean(), set.components(), set.eigenvalues(), set.badImages())) {
            files.add(FileSums.of(folder, file.getFileName().toString()));
        }
        List<Manifest.ClassName> names = IntStream.range(0, classes).mapToObj(i -> new Manifest.ClassName(name(i), null, null)).toList();
        new Manifest(Manifest.FORMAT, Encoding.RAW, size, Resize.COVER, 3, null, shardImages, "none", null, "simulated", names, train, val, files).write(folder);
    }

    private static String name(int label) {
        return String.format(Locale.ROOT, "n%08d", label);
    }

    private static Manifest.Half half(Path folder, Split split, int images, int shardImages, int size, int classes, List<Manifest.SetFile> files)
            throws IOException {
        Files.createDirectories(folder.resolve(split.toString()));
        int length = 3 * size * size;
        CRC32C black = new CRC32C();
        black.update(new byte[length]);
        IndexBuilder index = new IndexBuilder();
        int[] counts = new int[classes];
        List<Manifest.Shard> shards = new ArrayList<>();
        for (int first = 0; first < images; first += shardImages) {
            int number = shards.size();
            int count = Math.min(shardImages, images - first);
            for (int i = 0; i < count; i++) {
                int label = (first + i) % classes;
                counts[label]++;
                index.add(name(label) + "_" + (first + i), label, number, NpyFile.HEADER + (long) i * length, length, (int) black.getValue());
            }
            shards.add(shard(folder, split, number, count, size));
        }
        index.write(new SetFolder(folder).index(split), shards.stream().map(Manifest.Shard::file).toList());
        files.add(FileSums.of(folder, split + ".index"));
        return new Manifest.Half(images, 0, counts, shards);
    }

    private static Manifest.Shard shard(Path folder, Split split, int number, int images, int size) throws IOException {
        String name = SetFolder.shardName(split, number, Encoding.RAW);
        long bytes = NpyFile.length(NpyFile.Type.UINT8, images, 3, size, size);
        ByteBuffer header = NpyFile.header(NpyFile.Type.UINT8, images, 3, size, size);
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.write(header.array());
            file.setLength(bytes);
        }
        String labels = SetFolder.labelsName(split, number);
        NpyFile.write(folder.resolve(labels), new long[images]);
        return new Manifest.Shard(name, images, bytes, "00000000", FileSums.of(folder, labels));
    }
}
