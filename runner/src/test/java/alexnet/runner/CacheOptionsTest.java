package alexnet.runner;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Progress;
import alexnet.core.data.StoredSize;
import alexnet.core.data.catalog.Datasets;
import alexnet.core.data.feed.Decoding;
import alexnet.core.data.feed.TrainingData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SameOnEveryRuntime
class CacheOptionsTest {

    private static final Preprocessing PREPROCESSING = Preprocessing.covering(new StoredSize(8, 8));
    /** Of ten images of 8 x 8 pixels. */
    private static final long BYTES = 10 * 3 * 64;

    @TempDir
    private Path folder;
    private Path images;
    private Path cache;
    private final StringWriter said = new StringWriter();

    @Command
    private static final class Holder {

        @Mixin
        private CacheOptions cache;

        @Mixin
        private LogOptions log;
    }

    @BeforeEach
    void images() throws IOException {
        images = folder.resolve("photos of mine");
        cache = folder.resolve("cache");
        for (String name : List.of("a", "b")) {
            for (int i = 0; i < 5; i++) {
                BufferedImage image = new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB);
                image.setRGB(i, 4, 0xFFFFFF);
                image.setRGB(4, i, name.hashCode() << i);
                Path file = images.resolve(name).resolve(i + ".png");
                Files.createDirectories(file.getParent());
                ImageIO.write(image, "png", file.toFile());
            }
        }
    }

    private Dataset hold(Dataset dataset, long memoryBytes, String... options) {
        return goOn(dataset, memoryBytes, null, options);
    }

    /** As for a run that was begun with images; null for a new one. */
    private Dataset goOn(Dataset dataset, long memoryBytes, Fingerprint before, String... options) {
        Holder holder = new Holder();
        CommandLine line = new CommandLine(holder).setErr(new PrintWriter(said, true)).setOut(new PrintWriter(said, true));
        line.parseArgs(options);
        return holder.cache.hold(dataset, PREPROCESSING, memoryBytes, Optional.ofNullable(before), MaxBad.STANDARD, holder.log);
    }

    private Dataset open() {
        return Datasets.open(images.toString(), _ -> { });
    }

    private static TrainingData data(Dataset dataset) {
        return TrainingData.of(dataset, PREPROCESSING, new Decoding(1, 0, Progress.NONE), MaxBad.STANDARD);
    }

    @Test
    void whatFitsOrIsNotToBeCachedIsLeftAsItIs() {
        Dataset dataset = open();
        assertSame(dataset, hold(dataset, BYTES, "--cache", cache.toString()));
        assertSame(dataset, hold(dataset, 0, "--no-cache"));
        assertSame(dataset, goOn(dataset, 0, new Fingerprint(Map.of()), "--cache", cache.toString()));
        assertTrue(Files.notExists(cache));
        assertThrows(CommandLine.ParameterException.class, () -> hold(dataset, 0, "--no-cache", "--cache", cache.toString()));
    }

    @Test
    void whatIsTooLargeIsPreparedOnceAfterItIsSaidWhereAndHowLarge() throws IOException {
        List<byte[]> pixels = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (Dataset dataset = open(); TrainingData held = data(hold(dataset, BYTES - 1, "--cache", cache.toString()))) {
                assertEquals(images, held.dataset().folder());
                assertEquals(8, held.training().size());
                assertTrue(held.training().name(0).matches("[ab]/[0-4]"), held.training().name(0));
                byte[] image = new byte[held.training().imageLength()];
                held.training().read(0, MemorySegment.ofArray(image));
                pixels.add(image);
                assertTrue(held.fingerprint().isWhole());
            }
        }
        assertArrayEquals(pixels.getFirst(), pixels.getLast());
        List<Path> sets;
        try (Stream<Path> inside = Files.list(cache.resolve("sets"))) {
            sets = inside.toList();
        }
        assertEquals(1, sets.size());
        assertTrue(sets.getFirst().getFileName().toString().matches("photos_of_mine-8-cover-[0-9a-f]{12}"), sets.toString());
        String text = said.toString();
        assertTrue(text.contains("takes 1.9 kB decoded, too much for memory: it is prepared once and kept in " + sets.getFirst()), text);
        assertTrue(text.indexOf("it is prepared once") == text.lastIndexOf("it is prepared once"), text);
        assertTrue(text.contains("the images are read from " + sets.getFirst()), text);
    }

    @Test
    void aRunThatWasBegunWithACacheGoesOnWithIt() throws IOException {
        try (Dataset dataset = open(); Dataset held = hold(dataset, 0, "--cache", cache.toString());
                Dataset later = goOn(dataset, Long.MAX_VALUE, data(held).fingerprint(), "--cache", cache.toString())) {
            assertEquals(Optional.empty(), data(held).fingerprint().changes(data(later).fingerprint()));
        }
    }

    @Test
    void otherImagesGetAFolderOfTheirOwn() throws IOException {
        try (Dataset dataset = open(); Dataset held = hold(dataset, 0, "--cache", cache.toString())) {
            Fingerprint before = data(held).fingerprint();
            Files.delete(images.resolve("b/4.png"));
            try (Dataset fewer = open(); Dataset heldNow = hold(fewer, 0, "--cache", cache.toString())) {
                assertTrue(before.changes(data(heldNow).fingerprint()).isPresent());
            }
        }
        try (Stream<Path> inside = Files.list(cache.resolve("sets"))) {
            assertEquals(2, inside.count());
        }
    }
}
