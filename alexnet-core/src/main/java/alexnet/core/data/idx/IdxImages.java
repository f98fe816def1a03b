package alexnet.core.data.idx;

import alexnet.core.data.DataException;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.folder.Contents;
import alexnet.core.data.decode.DecodedImage;
import alexnet.core.data.decode.Resampler;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The images of an IDX file with the labels of another, all in memory. One channel, grey. */
final class IdxImages implements ImageSource {

    private final String file;
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
        // Unzipped or not, an image is the same.
        file = imageFile.getFileName().toString().replaceFirst("(?i)\\.gz$", "");
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
        return file + "[" + index + "]";
    }

    @Override
    public String content(int index) {
        return Contents.hash(Arrays.copyOfRange(pixels, index * height * width, (index + 1) * height * width));
    }

    @Override
    public void read(int index, Preprocessing preprocessing, MemorySegment target) {
        int length = height * width;
        int offset = index * length;
        if (preprocessing.size().equals(new StoredSize(height, width))) {
            MemorySegment.copy(pixels, offset, target, ValueLayout.JAVA_BYTE, 0, length);
        } else {
            var image = new DecodedImage(1, height, width, Arrays.copyOfRange(pixels, offset, offset + length));
            Resampler.fit(image, 1, preprocessing, target);
        }
    }

    /** The labels that there are, ascending. */
    int[] distinctLabels() {
        return distinct(labels);
    }

    /** The labels that there are in a file of labels, ascending. */
    static int[] distinctLabels(Path labelFile) {
        return distinct(IdxFile.read(labelFile, 1).bytes());
    }

    private static int[] distinct(byte[] labels) {
        return IntStream.range(0, labels.length).map(i -> labels[i] & 0xFF).distinct().sorted().toArray();
    }
}
