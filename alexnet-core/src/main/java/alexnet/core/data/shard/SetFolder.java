package alexnet.core.data.shard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What lies where in the folder of a prepared set:
 *
 * <pre>
 *   set.json                       the {@link Manifest}; written last, so that a folder without it is not finished
 *   train/train-000000.npy         images, or train-000000.tar, see {@link Encoding}
 *   train/train-000000.labels.npy  with npy: their labels, int64
 *   train.index                    a {@link alexnet.core.data.index.SampleIndex} of the images of all shards
 *   val/..., val.index             the same of the validation images
 *   mean.npy                       of the training images: float32 [channels][rows][columns]
 *   components.npy                 the principal components of their colours in rows, float32 [channels][channels]
 *   eigenvalues.npy                with their variances, float32 [channels]
 *   classes.json                   names and what is known of them, in the order of the labels
 *   bad-images.csv                 the images that could not be read: split, name, reason
 *   _info.json                     with tars: what timm's reader of WebDataset wants to know
 *   .unfinished/                   how far the preparation is; not there when it is over
 * </pre>
 *
 * @param path of the folder
 */
public record SetFolder(Path path) {

    /** The file without which a folder is no prepared set. */
    public static final String MANIFEST = "set.json";

    /** Whether a preparation has ended here. */
    public static boolean isPrepared(Path folder) {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }

    public Path manifest() {
        return path.resolve(MANIFEST);
    }

    /** A shard's name relative to the folder, with {@code /} on every system. */
    public static String shardName(Split split, int number, Encoding encoding) {
        return String.format(Locale.ROOT, "%s/%s-%06d.%s", split, split, number, encoding.extension());
    }

    /** The name of the labels beside a shard of {@link Encoding#RAW}. */
    public static String labelsName(Split split, int number) {
        return String.format(Locale.ROOT, "%s/%s-%06d.labels.npy", split, split, number);
    }

    /** Where a shard lies. */
    public Path shard(Split split, int number, Encoding encoding) {
        return path.resolve(shardName(split, number, encoding));
    }

    /** Where the labels of a shard lie. */
    public Path labels(Split split, int number) {
        return path.resolve(labelsName(split, number));
    }

    public Path index(Split split) {
        return path.resolve(split + ".index");
    }

    public Path mean() {
        return path.resolve("mean.npy");
    }

    public Path components() {
        return path.resolve("components.npy");
    }

    public Path eigenvalues() {
        return path.resolve("eigenvalues.npy");
    }

    public Path classes() {
        return path.resolve("classes.json");
    }

    public Path badImages() {
        return path.resolve("bad-images.csv");
    }

    public Path info() {
        return path.resolve("_info.json");
    }

    /** Of the preparation alone. */
    public Path unfinished() {
        return path.resolve(".unfinished");
    }
}
