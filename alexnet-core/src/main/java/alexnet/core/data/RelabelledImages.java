package alexnet.core.data;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Stored images under other labels.
 *
 * @param images the images
 * @param labels for each label of theirs its new one; images that have none stay without
 */
record RelabelledImages(StoredImages images, int[] labels) implements StoredImages {

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int channels() {
        return images.channels();
    }

    @Override
    public Preprocessing preprocessing() {
        return images.preprocessing();
    }

    @Override
    public int label(int index) {
        int label = images.label(index);
        return label < 0 ? label : labels[label];
    }

    @Override
    public String name(int index) {
        return images.name(index);
    }

    @Override
    public int key(int index) {
        return images.key(index);
    }

    @Override
    public String content(int index) {
        return images.content(index);
    }

    @Override
    public List<Skipped> skipped() {
        return images.skipped();
    }

    @Override
    public void read(int index, MemorySegment pixels) {
        images.read(index, pixels);
    }
}
