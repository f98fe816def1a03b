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
 * @param labels for each label of the source its new one; images that have none stay without
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
        int label = source.label(index);
        return label < 0 ? label : labels[label];
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
    public Resize resize() {
        return source.resize();
    }

    @Override
    public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
        source.read(index, preprocessing, pixels);
    }

    @Override
    public Optional<StoredImages> stored(Preprocessing preprocessing) {
        return source.stored(preprocessing).map(images -> new RelabelledImages(images, labels));
    }

    @Override
    public Optional<DatasetStatistics> statistics(Preprocessing preprocessing) {
        return source.statistics(preprocessing);
    }

    @Override
    public Optional<String> digest() {
        return source.digest().map(digest -> identical() ? digest : digest + "-" + Arrays.hashCode(labels));
    }

    @Override
    public void close() {
        source.close();
    }

    private boolean identical() {
        return IntStream.range(0, labels.length).allMatch(label -> labels[label] == label);
    }
}
