package alexnet.core.data.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Skipped;
import alexnet.core.data.decode.JpegEncoder;
import alexnet.core.data.decode.LittleMemoryException;

/**
 * An image on its way into a shard.
 *
 * @param name     by which it is stored
 * @param content  its pixels, or its JPEG; null if it is bad
 * @param checksum CRC-32C of the content
 * @param bad      why it cannot be read; null if it can
 */
record Sample(String name, int label, byte[] content, int checksum, Skipped bad) {

    /** Turns images into samples, on many threads. */
    record Maker(Preprocessing preprocessing, int channels, Encoding encoding, JpegEncoder encoder, int quality) {

        /**
         * Reads and encodes an image and adds its pixels, as they are before they are encoded, to the sums; so the mean image is the
         * same for both encodings.
         *
         * @throws alexnet.core.data.DataException if it cannot be read through no fault of its own
         * @throws MemoryShortageException         if the heap is too small for it
         */
        Sample make(Slice slice, int place) {
            ImageSource source = slice.source();
            int image = slice.images()[place];
            int side = preprocessing.size().height();
            byte[] pixels = new byte[channels * preprocessing.size().area()];
            try {
                source.read(image, preprocessing, MemorySegment.ofArray(pixels));
            } catch (LittleMemoryException e) {
                // What a set holds must not follow from the memory of the machine that it was prepared on.
                throw new MemoryShortageException(source.name(image), e);
            } catch (IOException e) {
                return bad(source, image, e);
            } catch (UncheckedIOException e) {
                return bad(source, image, e.getCause());
            }
            if (slice.split() == Split.TRAIN) {
                slice.sums().add(place, pixels);
            }
            byte[] content = switch (encoding) {
                case RAW -> pixels;
                case JPEG -> encoder.encode(MemorySegment.ofArray(pixels), channels, side, side, quality);
            };
            return new Sample(source.sampleName(image), source.label(image), content, FileSums.of(ByteBuffer.wrap(content)), null);
        }

        private static Sample bad(ImageSource source, int image, IOException failure) {
            return new Sample(source.sampleName(image), source.label(image), null, 0, Skipped.of(source.name(image), failure));
        }
    }
}
