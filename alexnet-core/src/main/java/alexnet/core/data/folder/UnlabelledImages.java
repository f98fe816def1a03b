package alexnet.core.data.folder;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.decode.ImageDecoder;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * Image files of which nobody has said what they show, decoded anew at every read: every label is -1. For one channel,
 * colours become grey; for three, grey images are repeated.
 */
public final class UnlabelledImages implements ImageSource {

    private final List<Path> files;
    private final int channels;

    /**
     * @param files    the images in their order
     * @param channels what the network takes: 3 for colour, 1 for grey
     */
    public UnlabelledImages(List<Path> files, int channels) {
        this.files = List.copyOf(files);
        this.channels = channels;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int label(int index) {
        return -1;
    }

    @Override
    public String name(int index) {
        return files.get(index).toString();
    }

    @Override
    public String content(int index) {
        return "";
    }

    @Override
    public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
        ImageDecoder.read(files.get(index), channels, preprocessing, pixels);
    }
}
