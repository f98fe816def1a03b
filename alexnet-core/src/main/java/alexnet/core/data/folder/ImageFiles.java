package alexnet.core.data.folder;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.SampleName;
import alexnet.core.data.decode.ImageDecoder;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Image files, each with its label, decoded anew at every read. Always three channels: grey images are repeated. */
public final class ImageFiles implements ImageSource {

    private static final int CHANNELS = 3;

    private final Path folder;
    private final List<LabelledFile> files;
    private final Function<LabelledFile, String> sampleName;

    /**
     * @param folder what the names of the images leave out
     * @param half   what the folders of the classes lie in
     * @param files  the images in their order, which stay as they are
     */
    public ImageFiles(Path folder, Path half, List<LabelledFile> files) {
        this(folder, files, file -> {
            String path = file.name(half);
            int slash = path.indexOf('/');
            return SampleName.of(path.substring(0, slash), path.substring(slash + 1));
        });
    }

    /**
     * @param folder     what the names of the images leave out
     * @param files      the images in their order, which stay as they are
     * @param sampleName what each is called, see {@link ImageSource#sampleName}
     */
    public ImageFiles(Path folder, List<LabelledFile> files, Function<LabelledFile, String> sampleName) {
        this.folder = folder;
        this.files = files;
        this.sampleName = sampleName;
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

    @Override
    public String sampleName(int index) {
        return sampleName.apply(files.get(index));
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
