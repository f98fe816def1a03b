package alexnet.core.data.shard;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import alexnet.core.checkpoint.WholeFile;
import alexnet.core.data.DatasetStatistics;

/** Writes what lies beside the shards of a prepared set, when all of them are there. */
final class Finish {

    private final SetFolder folder;
    private final List<Manifest.SetFile> files = new ArrayList<>();

    private Finish(SetFolder folder) {
        this.folder = folder;
    }

    /** Writes it all, the manifest last. */
    static Manifest write(Unfinished unfinished, Manifest manifest, List<BadImage> bad, DatasetStatistics statistics) throws IOException {
        Finish finish = new Finish(unfinished.folder());
        for (Split split : Split.values()) {
            unfinished.join(split, manifest.half(split).shards());
            finish.add(finish.folder.index(split));
        }
        finish.statistics(statistics);
        finish.text(finish.folder.classes(), SetJson.MAPPER.writeValueAsBytes(manifest.classes()));
        finish.text(finish.folder.badImages(), badImages(bad));
        if (manifest.encoding() == Encoding.JPEG) {
            finish.text(finish.folder.info(), SetJson.MAPPER.writeValueAsBytes(info(manifest)));
        }
        Manifest complete = manifest.with(finish.files);
        complete.write(finish.folder.path());
        return complete;
    }

    private void statistics(DatasetStatistics statistics) throws IOException {
        int channels = statistics.channels();
        NpyFile.write(folder.mean(), statistics.mean(), channels, statistics.size().height(), statistics.size().width());
        NpyFile.write(folder.components(), statistics.components(), channels, channels);
        NpyFile.write(folder.eigenvalues(), statistics.eigenvalues(), channels);
        for (Path file : List.of(folder.mean(), folder.components(), folder.eigenvalues())) {
            add(file);
        }
    }

    private void text(Path file, byte[] text) throws IOException {
        WholeFile.write(file, text);
        add(file);
    }

    private void add(Path file) throws IOException {
        files.add(FileSums.of(folder.path(), file.getFileName().toString()));
    }

    /** A line for each image, training images first, by name. */
    static byte[] badImages(List<BadImage> bad) {
        StringWriter text = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.DEFAULT.builder().setHeader("split", "name", "reason").setRecordSeparator('\n').get())) {
            for (BadImage each : bad.stream().sorted(Comparator.comparing(BadImage::split, Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(BadImage::name)).toList()) {
                printer.printRecord(each.split() == null ? "" : each.split().toString(), each.name(), each.reason());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As timm's sets have it in {@code _info.json}. */
    private static Map<String, Object> info(Manifest manifest) {
        Map<String, Object> splits = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            String name = split == Split.TRAIN ? "train" : "validation";
            List<Manifest.Shard> shards = manifest.half(split).shards();
            Map<String, Object> half = new LinkedHashMap<>();
            half.put("name", name);
            half.put("num_samples", manifest.half(split).images());
            half.put("filenames", shards.stream().map(Manifest.Shard::file).toList());
            half.put("shard_lengths", shards.stream().map(Manifest.Shard::images).toList());
            splits.put(name, half);
        }
        return Map.of("splits", splits);
    }
}
