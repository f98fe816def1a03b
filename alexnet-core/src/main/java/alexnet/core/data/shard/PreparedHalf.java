package alexnet.core.data.shard;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import alexnet.core.data.DataException;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredImages;
import alexnet.core.data.decode.DecodedImage;
import alexnet.core.data.decode.ImageDecoder;
import alexnet.core.data.decode.ImageException;
import alexnet.core.data.decode.Resampler;
import alexnet.core.data.decode.StoredJpegs;
import alexnet.core.data.index.SampleIndex;

/**
 * The images of one half of a prepared set, in its shards. The checksum of each is compared when it is read; one that is wrong is not the
 * image's fault but the disk's, and ends the run.
 */
final class PreparedHalf implements ImageSource {

    private final Path folder;
    private final Manifest manifest;
    private final Preprocessing preprocessing;
    private final SampleIndex index;
    private final ShardFiles files;
    private final Optional<DatasetStatistics> statistics;
    private boolean closed;

    private PreparedHalf(Path folder, Manifest manifest, SampleIndex index, ShardFiles files, Optional<DatasetStatistics> statistics) {
        this.folder = folder;
        this.manifest = manifest;
        this.preprocessing = manifest.preprocessing();
        this.index = index;
        this.files = files;
        this.statistics = statistics;
    }

    /**
     * Opens a half; of its shards the lengths alone are looked at.
     *
     * @throws DataException naming the file that is not what the manifest says
     */
    static PreparedHalf open(Path folder, Manifest manifest, Split split) {
        Optional<DatasetStatistics> statistics = split == Split.TRAIN ? Optional.of(SetFiles.statistics(folder, manifest)) : Optional.empty();
        ShardFiles files = ShardFiles.of(folder, manifest, split);
        SampleIndex index = SetFiles.index(folder, manifest, split);
        return new PreparedHalf(folder, manifest, index, files, statistics);
    }

    @Override
    public int size() {
        return index.size();
    }

    @Override
    public int channels() {
        return manifest.channels();
    }

    @Override
    public int label(int index) {
        return this.index.label(index);
    }

    @Override
    public String name(int index) {
        return this.index.name(index);
    }

    @Override
    public int key(int index) {
        return this.index.key(index);
    }

    @Override
    public String content(int index) {
        return String.format(Locale.ROOT, "%08x-%d", this.index.checksum(index), this.index.length(index));
    }

    @Override
    public Resize resize() {
        return preprocessing.resize();
    }

    /** Of names, labels, places and checksums: of all that is in the set. */
    @Override
    public Optional<String> digest() {
        return Optional.of(index.digest());
    }

    @Override
    public Optional<DatasetStatistics> statistics(Preprocessing wanted) {
        requireResize(wanted);
        return wanted.size().equals(preprocessing.size()) ? statistics : Optional.empty();
    }

    @Override
    public Optional<StoredImages> stored(Preprocessing wanted) {
        requireResize(wanted);
        return wanted.size().equals(preprocessing.size()) ? Optional.of(new ShardImages(this, preprocessing)) : Optional.empty();
    }

    private void requireResize(Preprocessing wanted) {
        if (wanted.resize() != preprocessing.resize()) {
            throw new DataException(folder + " was prepared by --resize " + preprocessing.resize() + ", but the network takes images by "
                    + wanted.resize() + ": give it a set that was prepared so");
        }
    }

    @Override
    public void read(int index, Preprocessing wanted, MemorySegment pixels) throws IOException {
        requireResize(wanted);
        switch (manifest.encoding()) {
            case RAW -> readRaw(index, wanted, pixels);
            case JPEG -> {
                byte[] jpeg = new byte[this.index.length(index)];
                readChecked(index, ByteBuffer.wrap(jpeg));
                try {
                    if (wanted.equals(preprocessing)) {
                        StoredJpegs.read(MemorySegment.ofArray(jpeg), channels(), wanted.size(), pixels);
                    } else {
                        ImageDecoder.read(jpeg, channels(), wanted, pixels);
                    }
                } catch (ImageException failure) {
                    throw new DataException(at(index) + " cannot be decoded (" + failure.getMessage() + "): prepare the set anew", failure);
                }
            }
        }
    }

    private void readRaw(int index, Preprocessing wanted, MemorySegment pixels) {
        if (wanted.equals(preprocessing)) {
            readChecked(index, pixels.asByteBuffer());
            return;
        }
        DecodedImage image = new DecodedImage(channels(), preprocessing.size().height(), preprocessing.size().width());
        readChecked(index, ByteBuffer.wrap(image.pixels()));
        Resampler.fit(image, channels(), wanted, pixels);
    }

    private void readChecked(int index, ByteBuffer bytes) {
        int shard = this.index.container(index);
        files.read(shard, this.index.offset(index), bytes);
        if (FileSums.of(bytes.flip()) != this.index.checksum(index)) {
            throw files.damaged(shard, "the checksum of " + name(index) + " is wrong");
        }
    }

    /** What messages call the image and its place. */
    String at(int index) {
        return files.path(this.index.container(index)) + ": " + name(index);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            files.close();
            index.close();
        }
    }
}
