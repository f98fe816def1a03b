package alexnet.core.data.archive.parquet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Skipped;
import alexnet.core.data.archive.NumberedClasses;
import alexnet.core.data.decode.ImageDecoder;
import alexnet.core.data.decode.ImageException;
import alexnet.core.data.index.SampleIndex;

/** The images in the rows of parquet files, of any three channels: grey images are repeated. */
final class ParquetImages implements ImageSource {

    private static final int CHANNELS = 3;

    private final SampleIndex index;
    private final NumberedClasses classes;
    private final Staging staging;
    private final boolean copies;
    private final int[] rows;
    private final List<Skipped> skipped;
    private boolean closed;

    private ParquetImages(SampleIndex index, NumberedClasses classes, Staging staging, boolean copies, int[] rows, List<Skipped> skipped) {
        this.index = index;
        this.classes = classes;
        this.staging = staging;
        this.copies = copies;
        this.rows = rows;
        this.skipped = skipped;
    }

    /**
     * All rows that are of a class.
     *
     * @param index   the rows, see {@link RowIndex}; closed with this
     * @param classes what their labels stand for
     * @param staging where the images can be read; closed with this
     */
    static ParquetImages of(SampleIndex index, NumberedClasses classes, Staging staging) {
        List<Skipped> skipped = new ArrayList<>();
        int[] labelled = new int[index.size()];
        int count = 0;
        for (int row = 0; row < index.size(); row++) {
            if (classes.rank(index.label(row)) >= 0) {
                labelled[count++] = row;
            } else {
                skipped.add(new Skipped(index.name(row), index.label(row) == RowIndex.UNLABELLED ? "has no label"
                        : "its label " + index.label(row) + " is of no class", true));
            }
        }
        return new ParquetImages(index, classes, staging, true, Arrays.copyOf(labelled, count), List.copyOf(skipped));
    }

    /**
     * Some of them, or all others.
     *
     * @param chosen  by their places among these
     * @param holds   whether those are taken, or the others
     * @param index   the same rows, opened anew; closed with what is returned
     * @param staging the same images; closed with what is returned
     */
    ParquetImages some(BitSet chosen, boolean holds, SampleIndex index, Staging staging) {
        return new ParquetImages(index, classes, staging, !holds, IntStream.range(0, rows.length).filter(i -> chosen.get(i) == holds).map(i -> rows[i]).toArray(), List.of());
    }

    /** The rows that are of no class. */
    List<Skipped> skipped() {
        return skipped;
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public int label(int index) {
        return classes.rank(this.index.label(rows[index]));
    }

    @Override
    public String name(int index) {
        return this.index.name(rows[index]);
    }

    @Override
    public int key(int index) {
        return this.index.key(rows[index]);
    }

    /** Nothing: all of them are known by {@link #digest}. */
    @Override
    public String content(int index) {
        return "";
    }

    @Override
    public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
        byte[] file = staging.read(this.index.container(rows[index]), Math.toIntExact(this.index.offset(rows[index])));
        if (file.length == 0) {
            throw new ImageException("its row has no image");
        }
        ImageDecoder.read(file, CHANNELS, preprocessing, pixels);
    }

    @Override
    public Optional<String> digest() {
        return Optional.of(rows.length == index.size() ? index.digest() : index.digest() + "-" + Integer.toHexString(Arrays.hashCode(rows)));
    }

    /** Of two parts of the same images one makes the copies. */
    @Override
    public long copies(FileStore disk) throws IOException {
        return copies ? staging.copies(disk) : 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            staging.close();
            index.close();
        }
    }
}
