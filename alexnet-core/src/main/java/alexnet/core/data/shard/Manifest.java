package alexnet.core.data.shard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import alexnet.core.checkpoint.WholeFile;
import alexnet.core.data.DataException;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Resize;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredSize;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * What a prepared set is and of which files it consists, with checksums: all that has to be known to prepare it again to the same bytes.
 *
 * @param format      {@value #FORMAT}
 * @param encoding    of the images
 * @param size        rows and columns of every image
 * @param resize      how they were brought to it
 * @param channels    3 for RGB, 1 for grey
 * @param quality     of JPEGs, 1 to 100; null for {@link Encoding#RAW}
 * @param shardImages how many images of the order a shard takes; those that could not be read are missing in it
 * @param decoder     what the images were decoded by
 * @param encoder     what JPEGs were encoded by; null for {@link Encoding#RAW}
 * @param source      by what the images that were prepared are known again
 * @param classes     in the order of the labels
 * @param train       the images to learn from
 * @param val         the images to measure with
 * @param files       all other files but this one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(String format, Encoding encoding, int size, Resize resize, int channels, Integer quality, int shardImages,
                       String decoder, String encoder, String source, List<ClassName> classes, Half train, Half val, List<SetFile> files) {

    /** The format's name and version. */
    public static final String FORMAT = "alexnet-set-1";

    /** Far above any set's, so that memory is not taken on a damaged file's word. */
    private static final long LARGEST_FILE = 1L << 28;

    /**
     * A class.
     *
     * @param name     by which labels are ordered: for ImageNet the WNID
     * @param words    what people call it, or null
     * @param ilsvrcId its number in ILSVRC's submissions, or null; not its label
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ClassName(String name, String words, Integer ilsvrcId) {

        static ClassName of(alexnet.core.data.ClassName known) {
            return new ClassName(known.name(), known.words().orElse(null), known.ilsvrcId().isPresent() ? known.ilsvrcId().getAsInt() : null);
        }

        /** As data sets have it. */
        public alexnet.core.data.ClassName known() {
            return new alexnet.core.data.ClassName(name, Optional.ofNullable(words), ilsvrcId == null ? OptionalInt.empty() : OptionalInt.of(ilsvrcId));
        }
    }

    /**
     * The images of one half.
     *
     * @param images      in all of its shards
     * @param bad         so many could not be read and are missing
     * @param classCounts images of each class
     * @param shards      in their order
     */
    public record Half(int images, int bad, int[] classCounts, List<Shard> shards) {

        public Half {
            shards = shards == null ? null : List.copyOf(shards);
        }

        /** Of all shards. */
        public long bytes() {
            return shards.stream().mapToLong(Shard::bytes).sum();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Half half && images == half.images && bad == half.bad && Arrays.equals(classCounts, half.classCounts)
                    && shards.equals(half.shards);
        }

        @Override
        public int hashCode() {
            return 31 * images + shards.hashCode();
        }
    }

    /**
     * A file of images.
     *
     * @param file   relative to the set's folder
     * @param images in it
     * @param bytes  of the file
     * @param crc32c CRC-32C of the file, eight hexadecimal digits
     * @param labels the file of its labels; null for {@link Encoding#JPEG}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shard(String file, int images, long bytes, String crc32c, SetFile labels) {
    }

    /** Another file of the set, as a {@link Shard}. */
    public record SetFile(String file, long bytes, String crc32c) {
    }

    public Manifest {
        classes = classes == null ? null : List.copyOf(classes);
        files = files == null ? null : List.copyOf(files);
    }

    /** The images of a half. */
    public Half half(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VAL -> val;
        };
    }

    /** Files that have a checksum. */
    public int fileCount() {
        return files.size() + (encoding == Encoding.RAW ? 2 : 1) * (train.shards.size() + val.shards.size());
    }

    /** What was done to every image. */
    public Preprocessing preprocessing() {
        return new Preprocessing(new StoredSize(size, size), resize);
    }

    /**
     * Reads the manifest of a folder.
     *
     * @throws DataException naming the file, if it is missing, damaged, of another version, or says what cannot be
     */
    public static Manifest read(Path folder) {
        Path file = new SetFolder(folder).manifest();
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes((int) LARGEST_FILE);
            if (bytes.length == LARGEST_FILE) {
                throw Damage.of(file, "it is longer than " + LARGEST_FILE + " bytes");
            }
            Manifest manifest = SetJson.MAPPER.readValue(bytes, Manifest.class);
            ManifestSense.require(file, manifest);
            return manifest;
        } catch (NoSuchFileException missing) {
            throw new DataException(folder + " is no prepared set: it has no " + SetFolder.MANIFEST, missing);
        } catch (JsonProcessingException failure) {
            throw Damage.of(file, failure.getOriginalMessage().lines().findFirst().orElse("no JSON"), failure);
        } catch (IOException failure) {
            throw new DataException("cannot read " + file + ": " + Skipped.reason(failure), failure);
        }
    }

    /** Writes it, whole or not at all. */
    void write(Path folder) throws IOException {
        WholeFile.write(new SetFolder(folder).manifest(), SetJson.MAPPER.writeValueAsBytes(this));
    }

    /** The same with another shard at the end of a half. */
    Manifest with(Split split, Shard shard, int bad, int[] classCounts) {
        Half half = half(split);
        List<Shard> shards = new ArrayList<>(half.shards);
        shards.add(shard);
        int[] counts = half.classCounts.clone();
        Arrays.setAll(counts, label -> counts[label] + classCounts[label]);
        Half longer = new Half(half.images + shard.images, half.bad + bad, counts, shards);
        return new Manifest(format, encoding, size, resize, channels, quality, shardImages, decoder, encoder, source, classes,
                split == Split.TRAIN ? longer : train, split == Split.VAL ? longer : val, files);
    }

    /** The same with these other files. */
    Manifest with(List<SetFile> others) {
        return new Manifest(format, encoding, size, resize, channels, quality, shardImages, decoder, encoder, source, classes, train, val, others);
    }

    /**
     * Makes sure that what has been prepared in a folder is what would be prepared now.
     *
     * @param there its manifest, complete or not
     * @throws PreparationException naming the first difference
     */
    void requireSameWay(Manifest there, Path folder) {
        requireSame(folder, "--encoding", encoding, there.encoding);
        requireSame(folder, "--size", size, there.size);
        requireSame(folder, "--resize", resize, there.resize);
        requireSame(folder, "--quality", quality, there.quality);
        requireSame(folder, "--shard-images", shardImages, there.shardImages);
        if (!source.equals(there.source) || channels != there.channels || !classes.equals(there.classes)) {
            throw new PreparationException(folder + " was prepared from other images, or they have changed since: name another folder by --output,"
                    + " or begin anew by --overwrite");
        }
        requireSame(folder, "the decoder", decoder, there.decoder);
        requireSame(folder, "the encoder", encoder, there.encoder);
    }

    private static void requireSame(Path folder, String option, Object now, Object there) {
        if (!Objects.equals(now, there)) {
            throw new PreparationException(folder + " was prepared with " + option + " " + text(there) + ", not " + text(now)
                    + ": name another folder by --output, or begin anew by --overwrite");
        }
    }

    private static String text(Object value) {
        return value instanceof Enum<?> name ? name.name().toLowerCase(Locale.ROOT) : String.valueOf(value);
    }
}
