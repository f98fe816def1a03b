package alexnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.data.folder.ImageFolder;

class SampleNameTest {

    @ParameterizedTest
    @CsvSource({
            "n01440764,n01440764_10026.JPEG,n01440764_10026",
            "n01440764,deep/n01440764_10026_n01440764.jpg,n01440764_10026",
            "n01440764,ILSVRC2012_val_00000293.JPEG,ILSVRC2012_val_00000293",
            "n01440764,ILSVRC2012_val_00000293_n01440764.JPEG,ILSVRC2012_val_00000293",
            "n01440764,n01440764_10026_copy.JPEG,n01440764/n01440764_10026_copy",
            "cats,1.jpg,cats/1",
            "cats.v2,on.sofas/my.cat.jpg,cats.v2/on.sofas/my_cat",
            "cats,.jpg,cats/_jpg",
            "cats,noextension,cats/noextension"})
    void ofAFileInAClassFolder(String className, String path, String expected) {
        assertEquals(expected, SampleName.of(className, path));
    }

    @ParameterizedTest
    @CsvSource({"train/a.b/000001.seg.png,train/a.b/000001", "n01440764_10026.jpg,n01440764_10026", "x/ILSVRC2012_val_00000001.cls,ILSVRC2012_val_00000001",
            "./000001.jpg,000001", "../../etc/passwd.jpg,__/__/etc/passwd", "/etc/passwd.jpg,etc/passwd", "c:\\x.jpg,c__x", "..jpg,''"})
    void ofTheMembersOfAWebDataset(String path, String expected) {
        assertEquals(expected, SampleName.ofMember(path));
    }

    @ParameterizedTest
    @CsvSource({"ILSVRC2012_val_00000293_n01440764.JPEG,n01440764", "a/n01440764_10026.jpg,n01440764", "ILSVRC2012_val_00000293.JPEG,", "cats/1.jpg,"})
    void theClassThatANameTells(String path, String expected) {
        assertEquals(Optional.ofNullable(expected), SampleName.wnid(path));
    }

    @Test
    void anImageIsCalledAndDrawnAlikeWhereverItsClassFolderLies(@TempDir Path folder) throws IOException {
        for (String at : List.of("whole", "half/train", "half/val", "packed/images/train", "packed/images/val")) {
            TestImages.writeClass(folder.resolve(at + "/a/deep"), 2, 1);
            TestImages.writeClass(folder.resolve(at + "/b"), 2, 2);
        }
        ImageSource half = ImageFolder.open(folder.resolve("half"), 0.5).training();
        ImageSource packed = ImageFolder.open(folder.resolve("packed"), 0.5).training();
        ImageSource whole = ImageFolder.open(folder.resolve("whole"), 0.5).training();

        assertEquals(List.of("a/deep/0", "a/deep/1", "b/0", "b/1"), names(half));
        assertEquals(names(half), names(packed));
        assertEquals("train/a/deep/0.png", half.name(0));
        assertEquals(half.key(0), packed.key(0));
        assertEquals(half.key(names(half).indexOf(whole.sampleName(0))), whole.key(0));
    }

    private static List<String> names(ImageSource source) {
        return IntStream.range(0, source.size()).mapToObj(source::sampleName).toList();
    }
}
