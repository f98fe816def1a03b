package alexnet.core.data.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Opening;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.decode.ImageException;
import alexnet.core.data.imitation.Harm;
import alexnet.core.data.imitation.ImitatedSet;
import alexnet.core.data.imitation.Photographs;

/** What means harm is refused in a line or passed over with one; nothing is written but the index of what is there. */
class HarmTest {

    private static final ImitatedSet SET = new ImitatedSet(Photographs.generated(3, 120), 3, 12, 6, 0);
    private static final int BOMB = 300_000_000;
    /** What has to be in the line. */
    private static final Map<Harm, String> REFUSED = Map.of(
            Harm.LONG_IMAGE, "ILSVRC2012_img_train.tar",
            Harm.LONG_CLASS, "ILSVRC2012_img_train.tar is no tar",
            Harm.CUT_ARCHIVE, "ILSVRC2012_img_val.tar is damaged",
            Harm.GZIP_BOMB, "ILSVRC2012_devkit_t12.tar.gz",
            Harm.ZLIB_BOMB, "meta.mat",
            Harm.PARQUET_BOMB, "train-00000-of-00002.parquet",
            Harm.PARQUET_FOOTER, "train-00000-of-00002.parquet",
            Harm.SHARDS_ELSEWHERE, "_info.json");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Harm.class)
    void isRefusedOrPassedOver(Harm harm) throws IOException {
        Path source = folder.resolve("deep/below").resolve(harm.toString());
        harm.write(SET, source, BOMB);
        List<Path> before = files();
        if (REFUSED.containsKey(harm)) {
            String message = assertThrows(DataException.class, () -> open(source).close()).getMessage();
            assertTrue(message.contains(REFUSED.get(harm)), message);
            assertFalse(message.contains("\n"), message);
        } else {
            try (Dataset dataset = open(source)) {
                assertTrue(dataset.training().size() >= SET.trained() / 2, dataset.notes().toString());
            }
        }
        assertEquals(before, files());
    }

    @Test
    void linksAreTold() throws IOException {
        Path source = folder.resolve("links");
        Harm.LINKS.write(SET, source, BOMB);
        try (Dataset dataset = open(source)) {
            assertEquals(SET.trained(), dataset.training().size());
            assertTrue(dataset.notes().stream().anyMatch(note -> note.contains("2 links")), dataset.notes().toString());
        }
    }

    @Test
    void hugePicturesAreBadOnes() throws IOException {
        Path source = folder.resolve("huge");
        Harm.HUGE_PICTURES.write(SET, source, BOMB);
        try (Dataset dataset = open(source)) {
            Preprocessing small = Preprocessing.covering(new StoredSize(32, 32));
            byte[] pixels = new byte[3 * small.size().area()];
            List<String> bad = IntStream.range(0, dataset.training().size()).filter(i -> {
                try {
                    dataset.training().read(i, small, MemorySegment.ofArray(pixels));
                    return false;
                } catch (ImageException e) {
                    assertTrue(e.getMessage().contains("60000"), e.getMessage());
                    return true;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }).mapToObj(dataset.training()::sampleName).sorted().toList();
            assertEquals(List.of(SET.wnid(0) + "_900001", SET.wnid(0) + "_900002"), bad);
        }
    }

    private Dataset open(Path source) {
        return Forms.of(source).open(source, new Opening(line -> { }, folder.resolve("cache")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            return below.filter(path -> !path.startsWith(folder.resolve("cache")) && !path.getFileName().toString().matches("\\.alexnet-[\\w-]+\\.index"))
                    .sorted().toList();
        }
    }
}
