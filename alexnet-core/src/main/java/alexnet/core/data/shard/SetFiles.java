package alexnet.core.data.shard;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import alexnet.core.data.DataException;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Skipped;
import alexnet.core.data.index.SampleIndex;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Reads what a prepared set has beside its shards, and makes sure that it belongs to the manifest. */
final class SetFiles {

    private static final int FIELDS = 3;

    private SetFiles() {
    }

    /** The index of a half. */
    static SampleIndex index(Path folder, Manifest manifest, Split split) {
        Path file = new SetFolder(folder).index(split);
        requireSum(file, manifest);
        SampleIndex index;
        try {
            index = SampleIndex.open(file);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
        try {
            requireFit(file, manifest, split, index);
            return index;
        } catch (RuntimeException failure) {
            index.close();
            throw failure;
        }
    }

    private static void requireFit(Path file, Manifest manifest, Split split, SampleIndex index) {
        Manifest.Half half = manifest.half(split);
        Damage.require(file, index.size() == half.images() && index.containers().equals(half.shards().stream().map(Manifest.Shard::file).toList()),
                "it is of another set than " + SetFolder.MANIFEST);
        int[] classes = new int[manifest.classes().size()];
        int[] images = new int[half.shards().size()];
        long pixels = (long) manifest.channels() * manifest.preprocessing().size().area();
        for (int i = 0; i < index.size(); i++) {
            int shard = index.container(i);
            if (index.label(i) >= classes.length || index.offset(i) > half.shards().get(shard).bytes() - index.length(i)
                    || manifest.encoding() == Encoding.RAW && index.length(i) != pixels) {
                throw Damage.of(file, "sample " + i + " lies nowhere");
            }
            classes[index.label(i)]++;
            images[shard]++;
        }
        Damage.require(file, Arrays.equals(classes, half.classCounts()), "it has other classes than " + SetFolder.MANIFEST);
        Damage.require(file, Arrays.equals(images, half.shards().stream().mapToInt(Manifest.Shard::images).toArray()), "it is of other shards than " + SetFolder.MANIFEST);
    }

    /** What was measured over the training images. */
    static DatasetStatistics statistics(Path folder, Manifest manifest) {
        SetFolder set = new SetFolder(folder);
        int channels = manifest.channels();
        int size = manifest.size();
        return new DatasetStatistics(channels, manifest.preprocessing().size(), manifest.train().images(), floats(set.mean(), manifest, channels, size, size),
                floats(set.components(), manifest, channels, channels), floats(set.eigenvalues(), manifest, channels));
    }

    private static float[] floats(Path file, Manifest manifest, long... shape) {
        requireSum(file, manifest);
        float[] numbers;
        try {
            numbers = NpyFile.readFloats(file, shape);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
        for (float number : numbers) {
            Damage.require(file, Float.isFinite(number), "it has a number that is not finite");
        }
        return numbers;
    }

    /** The images of these halves that could not be read when the set was prepared; of both, also those that were in neither yet. */
    static List<Skipped> bad(Path folder, Manifest manifest, Set<Split> splits) {
        Path file = new SetFolder(folder).badImages();
        requireSum(file, manifest);
        Set<String> others = Arrays.stream(Split.values()).filter(split -> !splits.contains(split)).map(Split::toString).collect(Collectors.toSet());
        if (!others.isEmpty()) {
            others.add("");
        }
        List<Skipped> bad = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file); var records = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
            for (CSVRecord each : records) {
                Damage.require(file, each.size() == FIELDS, "line " + each.getRecordNumber() + " is none of its lines");
                if (!others.contains(each.get(0))) {
                    bad.add(new Skipped(each.get(1), each.get(2), true));
                }
            }
        } catch (IOException failure) {
            throw unreadable(file, failure);
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException failure) {
            throw Damage.of(file, failure.getMessage(), failure);
        }
        return bad;
    }

    /** Makes sure that a file is the one that the manifest names. */
    private static void requireSum(Path file, Manifest manifest) {
        String name = file.getFileName().toString();
        Manifest.SetFile expected = manifest.files().stream().filter(each -> each.file().equals(name)).findFirst().orElse(null);
        Damage.require(file, expected != null, SetFolder.MANIFEST + " does not name it");
        try {
            Damage.require(file, FileSums.of(file.getParent(), name).equals(expected), "it is not the one that " + SetFolder.MANIFEST + " names");
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private static DataException unreadable(Path file, IOException failure) {
        return new DataException("cannot read " + file + ": " + Skipped.reason(failure) + "; bring it back, or prepare the set anew", failure);
    }
}
