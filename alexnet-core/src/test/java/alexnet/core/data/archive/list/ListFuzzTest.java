package alexnet.core.data.archive.list;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Opening;

/** Whatever bytes a list of images has, it is read or refused. */
class ListFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void listsAreReadOrRefused(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        List<Path> files = List.of(folder.resolve("train.txt"), folder.resolve("val.txt"), folder.resolve("a.jpg"));
        try {
            Files.write(files.get(0), bytes);
            Files.writeString(files.get(1), "a.jpg 0\n");
            Files.write(files.get(2), new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF});
            try (Dataset dataset = new ListForm().open(folder, new Opening(line -> { }, folder))) {
                for (int i = 0; i < dataset.training().size(); i++) {
                    assertTrue(dataset.training().label(i) < dataset.classNames().size());
                }
            }
        } catch (DataException refused) {
            assertTrue(refused.getMessage().contains(folder.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        } finally {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        }
    }
}
