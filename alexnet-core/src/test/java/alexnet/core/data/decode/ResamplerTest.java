package alexnet.core.data.decode;

import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.data.Preprocessing;
import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

class ResamplerTest {

    private static int[] fit(DecodedImage image, int channels, int height, int width) {
        byte[] pixels = new byte[channels * height * width];
        Resampler.fit(image, channels, Preprocessing.covering(new StoredSize(height, width)), MemorySegment.ofArray(pixels));
        int[] values = new int[pixels.length];
        Arrays.setAll(values, i -> pixels[i] & 0xFF);
        return values;
    }

    private static DecodedImage pattern(int height, int width) {
        var image = new DecodedImage(1, height, width);
        for (int i = 0; i < image.pixels().length; i++) {
            image.pixels()[i] = (byte) (i * 37 + i * i * 11);
        }
        return image;
    }

    @Test
    void shrinksLikePillow() {
        // Image.resize((5, 4), BILINEAR) of 7 x 5 pixels, then the central 4 x 4
        assertArrayEquals(new int[] {36, 119, 174, 150, 118, 183, 189, 170, 208, 128, 110, 135, 178, 58, 131, 154},
                fit(pattern(5, 7), 1, 4, 4));
    }

    @Test
    void enlargesLikePillow() {
        // Image.resize((5, 6), BILINEAR) of 3 x 4 pixels, then the central 5 x 5
        assertArrayEquals(new int[] {0, 19, 48, 90, 118, 105, 86, 58, 120, 161, 193, 140, 62, 150, 209, 123, 89, 36, 151, 227,
                153, 136, 110, 174, 217}, fit(pattern(4, 3), 1, 5, 5));
    }

    @Test
    void anImageOfTheStoredSizeIsUnchanged() {
        DecodedImage image = pattern(6, 6);
        int[] expected = new int[36];
        Arrays.setAll(expected, i -> image.pixels()[i] & 0xFF);

        assertArrayEquals(expected, fit(image, 1, 6, 6));
    }

    @Test
    void theCentreIsKeptOnBothAxes() {
        var wide = new DecodedImage(1, 2, 6, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        var high = new DecodedImage(1, 6, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});

        assertArrayEquals(new int[] {3, 4, 9, 10}, fit(wide, 1, 2, 2));
        assertArrayEquals(new int[] {5, 6, 7, 8}, fit(high, 1, 2, 2));
    }

    @Test
    void aStoredSizeThatIsNotSquareIsCovered() {
        var image = new DecodedImage(1, 2, 4, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

        assertArrayEquals(new int[] {3, 7}, fit(image, 1, 2, 1));
        assertArrayEquals(new int[] {1, 2, 3, 4}, fit(image, 1, 1, 4));
    }

    @Test
    void bothSidesAreScaledWhereProportionsDoNotCount() {
        var image = new DecodedImage(1, 2, 4, new byte[] {0, 70, (byte) 140, (byte) 210, 0, 70, (byte) 140, (byte) 210});
        byte[] pixels = new byte[4];

        Resampler.fit(image, 1, new Preprocessing(new StoredSize(2, 2), Resize.SQUASH), MemorySegment.ofArray(pixels));

        // The triangle is 4 samples wide: (0.75 * 0 + 0.75 * 70 + 0.25 * 140) / 1.75, and the same from the right.
        assertArrayEquals(new byte[] {50, (byte) 160, 50, (byte) 160}, pixels);
    }

    @Test
    void extremeProportionsAreNoProblem() {
        var line = new DecodedImage(1, 1, 100_000);
        Arrays.fill(line.pixels(), (byte) 200);

        for (int value : fit(line, 1, 64, 64)) {
            assertEquals(200, value);
        }
    }

    @Test
    void colourStaysInItsPlaneAndGreyIsRepeated() {
        var colour = new DecodedImage(3, 1, 1, new byte[] {1, 2, 3});
        var grey = new DecodedImage(1, 1, 1, new byte[] {9});

        assertArrayEquals(new int[] {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3}, fit(colour, 3, 2, 2));
        assertArrayEquals(new int[] {9, 9, 9}, fit(grey, 3, 1, 1));
    }
}
