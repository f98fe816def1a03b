package alexnet.core.data.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import alexnet.core.data.Dataset;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Opening;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.decode.ImageException;
import alexnet.core.data.imitation.Form;
import alexnet.core.data.imitation.ImitatedSet;
import alexnet.core.data.imitation.Sample;

/** Whatever form a set of ImageNet's kind is in, it has the same images under the same names and classes. */
class FormsAgreeTest {

    private static final Preprocessing SMALL = Preprocessing.covering(new StoredSize(32, 32));
    private static final ImitatedSet SET = ImitatedSet.small();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        for (Form form : Form.values()) {
            form.write(SET, folder.resolve(form.toString()));
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void everyFormHasTheSameImages(Form form) throws IOException {
        Set<String> bad = SET.bad().map(Sample::name).collect(Collectors.toCollection(HashSet::new));
        try (Dataset dataset = open(form); Dataset folders = open(Form.FOLDERS)) {
            assertEquals(SET.training().map(sample -> SET.wnid(sample.label())).distinct().toList(), dataset.classes());
            for (boolean training : new boolean[] {true, false}) {
                Map<String, String> images = images(dataset, training);
                Map<String, String> expected = new TreeMap<>();
                (training ? SET.training() : SET.validation()).forEach(sample -> expected.put(sample.name(), SET.wnid(sample.label())));
                assertEquals(expected.keySet(), images.keySet());
                assertEquals(images(folders, training), images);
                images.forEach((name, image) -> {
                    assertEquals(bad.contains(name), image.endsWith("bad"), name);
                    assertEquals(expected.get(name), image.substring(0, 9), name);
                });
            }
        }
    }

    private static Dataset open(Form form) {
        Path path = folder.resolve(form.toString());
        return Forms.of(path).open(path, new Opening(line -> { }, folder.resolve("cache")));
    }

    /** The class of each image and a sum of its pixels, or that it is bad. */
    private static Map<String, String> images(Dataset dataset, boolean training) throws IOException {
        ImageSource source = training ? dataset.training() : dataset.validation();
        Map<String, String> images = new TreeMap<>();
        for (int i = 0; i < source.size(); i++) {
            byte[] pixels = new byte[3 * SMALL.size().area()];
            String what;
            try {
                source.read(i, SMALL, MemorySegment.ofArray(pixels));
                what = String.valueOf(Arrays.hashCode(pixels));
            } catch (ImageException bad) {
                what = "bad";
            }
            images.put(source.sampleName(i), dataset.classes().get(source.label(i)) + " " + what);
        }
        return images;
    }
}
