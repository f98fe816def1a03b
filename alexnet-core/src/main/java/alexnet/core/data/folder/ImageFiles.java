package alexnet.core.data.folder;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.SampleName;
import alexnet.core.data.decode.ImageDecoder;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/** Image files, each with its label, decoded anew at every read. Always three channels: grey images are repeated. */
public final class ImageFiles implements ImageSource {

    private static final int CHANNELS = 3;

    private final Path folder;
    private final Path half;
    private final List<LabelledFile> files;

    /**
     * @param folder what the names of the images leave out
     * @param half   what the folders of the classes lie in
     * @param files  the images in their order
     */
    public ImageFiles(Path folder, Path half, List<LabelledFile> files) {
        this.folder = folder;
        this.half = half;
        this.files = List.copyOf(files);
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public int label(int index) {
        return files.get(index).label();
    }

    @Override
    public String name(int index) {
        return files.get(index).name(folder);
    }

    /** Of its path below the class's folder, if it lies in one. */
    @Override
    public String sampleName(int index) {
        String path = files.get(index).name(half);
        int slash = path.indexOf('/');
        return slash < 0 ? SampleName.ofPath(path) : SampleName.of(path.substring(0, slash), path.substring(slash + 1));
    }

    @Override
    public String content(int index) {
        return files.get(index).content();
    }

    @Override
    public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
        ImageDecoder.read(files.get(index).path(), CHANNELS, preprocessing, pixels);
    }
}
