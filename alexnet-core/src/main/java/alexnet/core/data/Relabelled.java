package alexnet.core.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

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
}
