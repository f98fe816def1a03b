package alexnet.core.data.shard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

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
    private static final int MOST_CLASSES = 1 << 20;
    private static final int MOST_SHARDS = 1_000_000;
    private static final Pattern CRC = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern OTHER_FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

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
                throw damaged(file, "it is longer than " + LARGEST_FILE + " bytes");
            }
            Manifest manifest = SetJson.MAPPER.readValue(bytes, Manifest.class);
            require(file, manifest != null, "it says nothing");
            manifest.requireSense(file);
            return manifest;
        } catch (NoSuchFileException missing) {
            throw new DataException(folder + " is no prepared set: it has no " + SetFolder.MANIFEST, missing);
        } catch (JsonProcessingException failure) {
            throw new DataException(text(file, failure.getOriginalMessage().lines().findFirst().orElse("no JSON")), failure);
        } catch (IOException failure) {
            throw new DataException("cannot read " + file + ": " + Skipped.reason(failure), failure);
        }
    }

    /** Writes it, whole or not at all. */
    void write(Path folder) throws IOException {
        byte[] bytes = SetJson.MAPPER.writeValueAsBytes(this);
        WholeFile.write(new SetFolder(folder).manifest(), channel -> Channels.newOutputStream(channel).write(bytes));
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

    private void requireSense(Path file) {
        if (!FORMAT.equals(format)) {
            throw new DataException(file + " is of the format " + format + ", which this program does not know: it reads " + FORMAT);
        }
        require(file, encoding != null && resize != null && source != null && decoder != null && train != null && val != null
                && files != null && classes != null, "a field is missing or unknown");
        require(file, size >= 1 && size <= StoredSize.LIMIT && (channels == 1 || channels == 3) && shardImages >= 1, "a size is impossible");
        require(file, encoding == Encoding.RAW || quality != null && quality >= 1 && quality <= 100 && encoder != null, "the quality is impossible");
        require(file, classes.size() >= 2 && classes.size() <= MOST_CLASSES, "it has " + classes.size() + " classes");
        HashSet<String> names = new HashSet<>();
        classes.forEach(each -> require(file, each.name != null && !each.name.isEmpty() && names.add(each.name), "a class has no name of its own"));
        for (Split split : Split.values()) {
            requireSense(file, split, half(split));
        }
        files.forEach(each -> require(file, each.file != null && OTHER_FILE.matcher(each.file).matches() && isSum(each.bytes, each.crc32c),
                "a file is impossible: " + each.file));
    }

    private void requireSense(Path file, Split split, Half half) {
        require(file, half.shards != null && half.shards.size() <= MOST_SHARDS && half.images >= 0 && half.bad >= 0, "the shards of " + split + " are impossible");
        require(file, half.classCounts != null && half.classCounts.length == classes.size(), split + " has counts of other classes");
        long counted = 0;
        for (int count : half.classCounts) {
            require(file, count >= 0, split + " has a class of " + count + " images");
            counted += count;
        }
        long images = 0;
        for (int i = 0; i < half.shards.size(); i++) {
            Shard shard = half.shards.get(i);
            require(file, shard.file != null && shard.file.equals(SetFolder.shardName(split, i, encoding)),
                    "shard " + i + " of " + split + " is called " + shard.file + " and not " + SetFolder.shardName(split, i, encoding));
            require(file, shard.images >= 0 && shard.images <= shardImages && isSum(shard.bytes, shard.crc32c) && switch (encoding) {
                case RAW -> shard.bytes == NpyFile.length(NpyFile.Type.UINT8, shard.images, channels, size, size) && shard.labels != null
                        && SetFolder.labelsName(split, i).equals(shard.labels.file) && isSum(shard.labels.bytes, shard.labels.crc32c)
                        && shard.labels.bytes == NpyFile.length(NpyFile.Type.INT64, shard.images);
                case JPEG -> shard.labels == null;
            }, "what it says of " + shard.file + " cannot be");
            images += shard.images;
        }
        require(file, images == half.images && counted == half.images, split + " has " + half.images + " images, its shards " + images + " and its classes " + counted);
    }

    private static boolean isSum(long bytes, String crc32c) {
        return bytes >= 0 && crc32c != null && CRC.matcher(crc32c).matches();
    }

    private static void require(Path file, boolean holds, String how) {
        if (!holds) {
            throw damaged(file, how);
        }
    }

    private static DataException damaged(Path file, String how) {
        return new DataException(text(file, how));
    }

    private static String text(Path file, String how) {
        return file + " is damaged (" + how + "): prepare the set anew";
    }
}
