package alexnet.core.data.decode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Several hundred pictures of all formats and kinds against what others see in them; {@code scripts/judge-images} made both. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JudgedPicturesTest extends EachDecoder {

    private static final MemoryBudget BUDGET = new MemoryBudget(1 << 26);

    private final Map<String, byte[]> entries = new HashMap<>();

    /**
     * A line of the index.
     *
     * @param width  0 where the picture has to be refused
     * @param judged where the pixels are, or a word of the reason
     */
    private record Judged(String name, String file, int length, int width, int height, int tolerance, String judged) {

        static Judged of(String line) {
            String[] columns = line.split("\t");
            return new Judged(columns[0], columns[1], Integer.parseInt(columns[2]), Integer.parseInt(columns[3]),
                    Integer.parseInt(columns[4]), Integer.parseInt(columns[5]), columns[6]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    void unpack() throws IOException {
        try (InputStream resource = getClass().getResourceAsStream("pictures.zip"); var archive = new ZipInputStream(resource)) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                entries.put(entry.getName(), archive.readAllBytes());
            }
        }
    }

    private List<Judged> pictures() {
        return new String(entries.get("index.tsv"), StandardCharsets.UTF_8).lines().map(Judged::of).toList();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void everyPictureIsSeenAsOthersSeeIt(Judged picture) throws IOException {
        byte[] file = Arrays.copyOf(entries.get(picture.file), picture.length);
        if (picture.width == 0) {
            String reason = assertThrows(ImageException.class, () -> ImageDecoder.decode(file, BUDGET), picture.name).getMessage();
            assertTrue(reason.contains(picture.judged)
                    || reason.equals("not an image of a known format") && picture.length < 12, picture + ": " + reason);
            return;
        }
        DecodedImage image = ImageDecoder.decode(file, BUDGET);
        assertEquals(picture.width + "x" + picture.height, image.width() + "x" + image.height(), picture.name);
        byte[] expected = entries.get(picture.judged).clone();
        for (int i = 3; i < expected.length; i++) {
            expected[i] += expected[i - 3];
        }
        int worst = 0;
        for (int i = 0; i < expected.length; i++) {
            int channel = image.channels() == 1 ? 0 : i % 3;
            worst = Math.max(worst, Math.abs((expected[i] & 0xFF) - (image.pixels()[channel * image.area() + i / 3] & 0xFF)));
        }
        assertTrue(worst <= picture.tolerance, picture + ": a sample is " + worst + " levels off, more than " + picture.tolerance);
    }

    @Test
    void thereAreHundredsOfThem() {
        assertTrue(pictures().size() > 500, "only " + pictures().size());
    }
}
