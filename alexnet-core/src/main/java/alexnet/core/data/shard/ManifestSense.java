package alexnet.core.data.shard;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import alexnet.core.data.DataException;
import alexnet.core.data.StoredSize;

/** Whether what a {@link Manifest} says can be. */
final class ManifestSense {

    private static final int MOST_CLASSES = 1 << 20;
    private static final int MOST_SHARDS = 1_000_000;
    private static final Pattern CRC = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern OTHER_FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    private final Path file;
    private final Manifest manifest;

    private ManifestSense(Path file, Manifest manifest) {
        this.file = file;
        this.manifest = manifest;
    }

    /**
     * Refuses what cannot be, such as the name of a file elsewhere.
     *
     * @throws DataException naming the file
     */
    static void require(Path file, Manifest manifest) {
        Damage.require(file, manifest != null, "it says nothing");
        new ManifestSense(file, manifest).require();
    }

    private void require() {
        if (!Manifest.FORMAT.equals(manifest.format())) {
            throw new DataException(file + " is of the format " + manifest.format() + ", which this program does not know: it reads " + Manifest.FORMAT);
        }
        require(Stream.of(manifest.encoding(), manifest.resize(), manifest.source(), manifest.decoder(), manifest.train(), manifest.val(), manifest.files(),
                manifest.classes()).allMatch(Objects::nonNull), "a field is missing or unknown");
        require(manifest.size() >= 1 && manifest.size() <= StoredSize.LIMIT && (manifest.channels() == 1 || manifest.channels() == 3)
                && manifest.shardImages() >= 1, "a size is impossible");
        require(manifest.encoding() == Encoding.RAW || manifest.quality() != null && manifest.quality() >= 1 && manifest.quality() <= 100
                && manifest.encoder() != null, "the quality is impossible");
        require(manifest.classes().size() >= 2 && manifest.classes().size() <= MOST_CLASSES, "it has " + manifest.classes().size() + " classes");
        HashSet<String> names = new HashSet<>();
        manifest.classes().forEach(each -> require(each.name() != null && !each.name().isEmpty() && names.add(each.name()), "a class has no name of its own"));
        for (Split split : Split.values()) {
            require(split, manifest.half(split));
        }
        manifest.files().forEach(each -> require(each.file() != null && OTHER_FILE.matcher(each.file()).matches() && isSum(each.bytes(), each.crc32c()),
                "a file is impossible: " + each.file()));
    }

    private void require(Split split, Manifest.Half half) {
        require(half.shards() != null && half.shards().size() <= MOST_SHARDS && half.images() >= 0 && half.bad() >= 0, "the shards of " + split + " are impossible");
        require(half.classCounts() != null && half.classCounts().length == manifest.classes().size(), split + " has counts of other classes");
        long counted = 0;
        for (int count : half.classCounts()) {
            require(count >= 0, split + " has a class of " + count + " images");
            counted += count;
        }
        long images = 0;
        for (int i = 0; i < half.shards().size(); i++) {
            Manifest.Shard shard = half.shards().get(i);
            require(shard.file() != null && shard.file().equals(SetFolder.shardName(split, i, manifest.encoding())),
                    "shard " + i + " of " + split + " is called " + shard.file() + " and not " + SetFolder.shardName(split, i, manifest.encoding()));
            require(shard.images() >= 0 && shard.images() <= manifest.shardImages() && isSum(shard.bytes(), shard.crc32c()) && switch (manifest.encoding()) {
                case RAW -> shard.bytes() == NpyFile.length(NpyFile.Type.UINT8, shard.images(), manifest.channels(), manifest.size(), manifest.size())
                        && areLabels(shard.labels(), SetFolder.labelsName(split, i), shard.images());
                case JPEG -> shard.labels() == null;
            }, "what it says of " + shard.file() + " cannot be");
            images += shard.images();
        }
        require(images == half.images() && counted == half.images(),
                split + " has " + half.images() + " images, its shards " + images + " and its classes " + counted);
    }

    private static boolean areLabels(Manifest.SetFile labels, String name, int images) {
        return labels != null && name.equals(labels.file()) && isSum(labels.bytes(), labels.crc32c()) && labels.bytes() == NpyFile.length(NpyFile.Type.INT64, images);
    }

    private static boolean isSum(long bytes, String crc32c) {
        return bytes >= 0 && crc32c != null && CRC.matcher(crc32c).matches();
    }

    private void require(boolean holds, String how) {
        Damage.require(file, holds, how);
    }
}
