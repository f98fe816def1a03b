package alexnet.core.data;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HeldOutTest {

    @TempDir
    Path folder;

    private final List<LabelledFile> files = new ArrayList<>();

    @BeforeEach
    void twoClassesOfFiles() throws IOException {
        for (int i = 0; i < 50; i++) {
            add("a/" + i, "content a" + i, 0);
        }
        for (int i = 0; i < 9; i++) {
            add("b/" + i, "content b" + i, 1);
        }
    }

    private void add(String name, String content, int label) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        files.add(new LabelledFile(Files.writeString(file, content), label));
    }

    private HeldOut split() {
        return HeldOut.of(folder, files, 2, 0.2);
    }

    private static Set<String> contents(List<LabelledFile> files) throws IOException {
        Set<String> contents = new HashSet<>();
        for (LabelledFile file : files) {
            contents.add(Files.readString(file.path()));
        }
        return contents;
    }

    private static long ofClass(List<LabelledFile> files, int label) {
        return files.stream().filter(file -> file.label() == label).count();
    }

    @Test
    void everyClassGivesItsShare() {
        HeldOut split = split();

        assertEquals(10, ofClass(split.validation(), 0));
        assertEquals(2, ofClass(split.validation(), 1));
        assertEquals(40, ofClass(split.training(), 0));
        assertEquals(7, ofClass(split.training(), 1));
    }

    @Test
    void aSmallClassStillGivesOneAndAnOnlyImageIsForTraining() throws IOException {
        files.clear();
        add("a/1", "one", 0);
        add("a/2", "two", 0);
        add("b/1", "only", 1);

        HeldOut split = split();

        assertEquals(1, ofClass(split.validation(), 0));
        assertEquals(1, ofClass(split.training(), 0));
        assertEquals(1, ofClass(split.training(), 1));
    }

    @Test
    void namesAndOrderDoNotMatter() throws IOException {
        Set<String> before = contents(split().validation());
        List<LabelledFile> renamed = new ArrayList<>();
        for (LabelledFile file : files) {
            Path path = folder.resolve("renamed").resolve("z" + files.size() + "-" + renamed.size());
            Files.createDirectories(path.getParent());
            renamed.addFirst(new LabelledFile(Files.copy(file.path(), path), file.label()));
        }
        files.clear();
        files.addAll(renamed);

        assertEquals(before, contents(split().validation()));
    }

    @Test
    void aFurtherImageMovesAtMostOneOther() throws IOException {
        for (int i = 0; i < 20; i++) {
            Set<String> before = contents(split().validation());
            add("a/new" + i, "new " + i, 0);
            Set<String> after = contents(split().validation());
            before.removeAll(after);
            assertTrue(before.size() <= 1, before.toString());
        }
    }

    @Test
    void aDuplicateIsOnNeitherSideASecondTime() throws IOException {
        HeldOut before = split();
        for (int i = 0; i < 50; i++) {
            add("a/z" + i, "content a" + i, 0);
        }
        HeldOut after = split();

        assertEquals(before.training(), after.training());
        assertEquals(before.validation(), after.validation());
        assertEquals("50 files left out whose content another file has too", after.notes().getFirst());
    }

    @Test
    void aFileThatCannotBeReadIsSkipped() {
        files.add(new LabelledFile(folder.resolve("a/gone"), 0));

        assertEquals(List.of(new Skipped("a/gone", "no such file")), split().skipped());
    }

    @Test
    void nothingToHoldOutIsRefused() throws IOException {
        files.clear();
        add("a/1", "one", 0);
        add("b/1", "other", 1);

        assertTrue(assertThrows(DataException.class, this::split).getMessage().contains("none can be held out"));
    }

    @Test
    void filesKeepTheirOrder() {
        HeldOut split = split();
        assertEquals(files.stream().filter(split.training()::contains).toList(), split.training());
        assertEquals(files.stream().filter(split.validation()::contains).toList(), split.validation());
    }
}
