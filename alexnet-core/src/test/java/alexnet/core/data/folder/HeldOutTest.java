package alexnet.core.data.folder;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;
import alexnet.core.data.TestImages;
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
import java.util.stream.Stream;
import java.util.stream.Collectors;

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
        files.add(LabelledFile.of(TestImages.write(file, TestImages.encode(TestImages.noise(3, 3, content.hashCode()), "png")), label));
    }

    private HeldOut split() {
        return HeldOut.of(folder, folder, files, 2, 0.2, 1000);
    }

    private static Set<String> contents(List<LabelledFile> files) throws IOException {
        Set<String> contents = new HashSet<>();
        for (LabelledFile file : files) {
            contents.add(Contents.hash(Files.readAllBytes(file.path())));
        }
        return contents;
    }

    private static long ofClass(List<LabelledFile> files, int label) {
        return files.stream().filter(file -> file.label() == label).count();
    }

    @Test
    void ofMoreFilesThanMayBeReadTheNamesDecide() throws IOException {
        for (int i = 0; i < 20; i++) {
            Path file = folder.resolve("b/broken " + i + ".png");
            files.add(LabelledFile.of(TestImages.write(file, new byte[] {1}), 1));
        }
        HeldOut split = HeldOut.of(folder, folder, files, 2, 0.2, files.size() - 1);

        assertEquals(10, ofClass(split.validation(), 0));
        assertEquals(6, ofClass(split.validation(), 1));
        assertEquals(files.size(), split.training().size() + split.validation().size());
        assertEquals(Set.copyOf(files), Stream.concat(split.training().stream(), split.validation().stream()).collect(Collectors.toSet()));
        assertTrue(split.notes().getFirst().startsWith("copies were not looked for among 79 images"), split.notes().toString());
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
            renamed.addFirst(LabelledFile.of(Files.copy(file.path(), path), file.label()));
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
        assertEquals("50 files left out whose content another file has too: a/z0 is a/0, a/z1 is a/1, a/z2 is a/2 and 47 more", after.notes().getFirst());
    }

    @Test
    void aFileThatCannotBeReadIsSkipped() {
        files.add(LabelledFile.of(folder.resolve("a/gone"), 0));

        assertEquals(List.of(new Skipped("a/gone", "no such file", true)), split().skipped());
    }

    @Test
    void whatIsHeldOutCanBeDecodedAndSoCanOneOfWhatIsNot() throws IOException {
        files.clear();
        for (int i = 0; i < 10; i++) {
            add("a/" + i, "content a" + i, 0);
        }
        // Wherever their hashes come to lie, the broken files take no one's place among those held out.
        for (int i = 0; i < 20; i++) {
            files.add(LabelledFile.of(TestImages.write(folder.resolve("a/broken" + i), TestImages.truncated(i)), 0));
        }
        for (int i = 0; i < 20; i++) {
            files.add(LabelledFile.of(TestImages.write(folder.resolve("b/broken" + i), TestImages.truncated(100 + i)), 1));
        }
        add("b/good", "the only one", 1);

        HeldOut split = split();

        assertEquals(6, ofClass(split.validation(), 0));
        assertTrue(split.validation().stream().noneMatch(file -> file.path().toString().contains("broken")), split.validation().toString());
        assertTrue(split.training().stream().anyMatch(file -> file.path().endsWith("b/good")), split.training().toString());
        assertTrue(split.skipped().stream().anyMatch(file -> file.name().startsWith("b/broken") && file.unreadable()), split.skipped().toString());
    }

    @Test
    void aPictureInTwoClassesIsLeftOutOfBothAndNamed() throws IOException {
        add("a/y", "the same", 0);
        add("a/z", "the same", 0);
        add("b/z", "the same", 1);

        HeldOut split = split();

        assertEquals(List.of("a/y", "a/z", "b/z"), split.skipped().stream().map(Skipped::name).toList());
        assertTrue(split.skipped().stream().noneMatch(Skipped::unreadable));
        assertEquals("the same picture is in two classes: a/y, a/z, b/z", split.skipped().getFirst().reason());
        assertEquals(59, split.training().size() + split.validation().size());
        assertEquals("3 files left out, as the same picture is in two classes: a/y, a/z, b/z", split.notes().getFirst());
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
        List<Path> paths = files.stream().map(LabelledFile::path).toList();
        List<Path> training = split.training().stream().map(LabelledFile::path).toList();
        List<Path> validation = split.validation().stream().map(LabelledFile::path).toList();
        assertEquals(paths.stream().filter(training::contains).toList(), training);
        assertEquals(paths.stream().filter(validation::contains).toList(), validation);
        assertEquals(paths.size(), training.size() + validation.size());
    }
}
