package alexnet.core.data.imitation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImitatedSetTest {

    private final ImitatedSet set = ImitatedSet.small();

    @Test
    void numbersOfTheDevkitAreAnotherOrderOfTheClasses() {
        for (int classes : new int[] {2, 3, 4, 10, 1000}) {
            ImitatedSet other = new ImitatedSet(set.photographs(), classes, classes, 1, 0);
            List<Integer> ids = IntStream.range(0, classes).mapToObj(other::id).toList();
            List<Integer> sorted = IntStream.rangeClosed(1, classes).boxed().toList();
            assertEquals(sorted, ids.stream().sorted().toList());
            assertNotEquals(sorted, ids);
            List<String> wnids = IntStream.range(0, classes).mapToObj(other::wnid).toList();
            assertEquals(wnids.stream().sorted().distinct().toList(), wnids);
        }
    }

    @Test
    void allKindsAreInASmallSetAndNoOtherFileTwice() throws IOException {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        Stream.concat(set.training(), set.validation()).forEach(sample -> kinds.add(sample.kind()));
        assertEquals(EnumSet.allOf(Kind.class), kinds);
        List<Sample> samples = Stream.concat(set.training(), set.validation()).toList();
        assertEquals(samples.size(), samples.stream().map(Sample::name).distinct().count());
        List<Integer> contents = samples.stream().filter(sample -> sample.kind() != Kind.EMPTY && sample.kind() != Kind.COPY).map(sample -> Arrays.hashCode(bytes(sample))).toList();
        assertEquals(contents.size(), contents.stream().distinct().count());
        assertEquals(set.training().map(Sample::name).collect(Collectors.toSet()), set.mixed().map(Sample::name).collect(Collectors.toSet()));
    }

    @Test
    void theSameSetIsTheSameBytes(@TempDir Path folder) throws IOException {
        for (Form form : Form.values()) {
            form.write(set, folder.resolve("one").resolve(form.toString()));
            form.write(ImitatedSet.small(), folder.resolve("two").resolve(form.toString()));
        }
        List<Path> files;
        try (Stream<Path> below = Files.walk(folder.resolve("one"))) {
            files = below.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(folder.resolve("two").resolve(folder.resolve("one").relativize(file))), file.toString());
        }
    }

    private static byte[] bytes(Sample sample) {
        try {
            return sample.bytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
