package alexnet.core.data;

import alexnet.core.data.decode.DecodedImage;
import alexnet.core.data.decode.Resampler;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;

/** The images of an IDX file with the labels of another, all in memory. One channel, grey. */
final class IdxImages implements ImageSource {

    private final Path file;
    private final int height;
    private final int width;
    private final byte[] pixels;
    private final byte[] labels;

    /** Reads both files; they must hold the same number of images. */
    IdxImages(Path imageFile, Path labelFile) {
        IdxFile images = IdxFile.read(imageFile, 3);
        IdxFile labelled = IdxFile.read(labelFile, 1);
        if (images.dimensions()[0] != labelled.dimensions()[0]) {
            throw new DataException(imageFile + " holds " + images.dimensions()[0] + " images, " + labelFile + " "
                    + labelled.dimensions()[0] + " labels");
        }
        file = imageFile;
        height = images.dimensions()[1];
        width = images.dimensions()[2];
        pixels = images.bytes();
        labels = labelled.bytes();
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int label(int index) {
        return labels[index] & 0xFF;
    }

    @Override
    public String name(int index) {
        return file.getFileName() + "[" + index + "]";
    }

    @Override
    public void read(int index, StoredSize size, MemorySegment target) {
        int length = height * width;
        int offset = index * length;
        if (size.height() == height && size.width() == width) {
            MemorySegment.copy(pixels, offset, target, ValueLayout.JAVA_BYTE, 0, length);
        } else {
            var image = new DecodedImage(1, height, width, Arrays.copyOfRange(pixels, offset, offset + length));
            Resampler.fit(image, 1, size.height(), size.width(), target);
        }
    }

    int largestLabel() {
        int largest = 0;
        for (int i = 0; i < size(); i++) {
            largest = Math.max(largest, label(i));
        }
        return largest;
    }
}
