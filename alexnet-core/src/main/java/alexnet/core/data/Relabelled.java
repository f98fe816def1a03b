package alexnet.core.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The images of another source under other labels.
 *
 * @param source the images
 * @param labels for each label of the source its new one
 */
public record Relabelled(ImageSource source, int[] labels) implements ImageSource {

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public int channels() {
        return source.channels();
    }

    @Override
    public int label(int index) {
        return labels[source.label(index)];
    }

    @Override
    public String name(int index) {
        return source.name(index);
    }

    @Override
    public String sampleName(int index) {
        return source.sampleName(index);
    }

    @Override
    public int key(int index) {
        return source.key(index);
    }

    @Override
    public String content(int index) {
        return source.content(index);
    }

    @Override
    public void read(int index, StoredSize size, MemorySegment pixels) throws IOException {
        source.read(index, size, pixels);
    }

    @Override
    public Optional<StoredImages> stored(StoredSize size) {
        return source.stored(size).map(images -> new RelabelledImages(images, labels));
    }

    @Override
    public Optional<DatasetStatistics> statistics(StoredSize size) {
        return source.statistics(size);
    }

    @Override
    public Optional<String> digest() {
        return source.digest().map(digest -> identical() ? digest : digest + "-" + Arrays.hashCode(labels));
    }

    private boolean identical() {
        return IntStream.range(0, labels.length).allMatch(label -> labels[label] == label);
    }

    @Override
    public void close() {
        source.close();
    }
}
