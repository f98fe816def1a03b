package alexnet.core.data.archive.tar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.data.DataException;

class TarScanTest {

    private static final String LONG = "n01440764/" + "very-long-".repeat(30) + "name.JPEG";

    private static Map<String, String> contents(byte[] tar, long begin, long end) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        TarScan.scan(TarBytes.of(tar), "a.tar", begin, end, entry -> {
            contents.put(entry.name(), new String(TarBytes.of(tar).read(entry.offset(), (int) entry.length()), StandardCharsets.UTF_8));
            return true;
        });
        return contents;
    }

    private static TarFindings findings(byte[] tar) {
        return TarScan.scan(TarBytes.of(tar), "a.tar", 0, tar.length, _ -> true);
    }

    private static String refusal(byte[] tar) {
        String message = assertThrows(DataException.class, () -> findings(tar)).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU})
    void filesAreFoundWhateverNamesTheyHave(int longFileMode) throws IOException {
        byte[] tar = new TestTar(longFileMode).add("short", "1").add(LONG, "two").add("Küche/ß.jpg", "").add("behind", "4".repeat(513)).bytes();

        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("short", "1");
        expected.put(LONG, "two");
        expected.put("Küche/ß.jpg", "");
        expected.put("behind", "4".repeat(513));
        assertEquals(expected, contents(tar, 0, tar.length));
        assertEquals(TarFindings.NONE, findings(tar));
    }

    @Test
    void aTarInATarIsReadWithoutUnpacking() throws IOException {
        byte[] inner = new TestTar().add("n1_1.JPEG", "one").add("n1_2.JPEG", "two").bytes();
        byte[] outer = new TestTar().add("first", "x").add("n1.tar", inner).bytes();
        List<TarEntry> entries = new ArrayList<>();
        TarScan.scan(TarBytes.of(outer), "outer.tar", 0, outer.length, entry -> entries.add(entry));

        TarEntry tar = entries.getLast();
        assertEquals(inner.length, tar.length());
        assertEquals(Map.of("n1_1.JPEG", "one", "n1_2.JPEG", "two"), contents(outer, tar.offset(), tar.offset() + tar.length()));
    }

    @Test
    void linksAndDevicesArePassedOverWithTheirNumber() throws IOException {
        byte[] tar = new TestTar().add("folder/", TarConstants.LF_DIR, "").add("a", TarConstants.LF_SYMLINK, "/etc/passwd").add("b", TarConstants.LF_LINK, "../c")
                .add("tty", TarConstants.LF_CHR, "").add("disk", TarConstants.LF_BLK, "").add("pipe", TarConstants.LF_FIFO, "").add("image", "3").bytes();

        assertEquals(Map.of("image", "3"), contents(tar, 0, tar.length));
        assertEquals(List.of("a.tar: 2 links and 3 devices or other special entries passed over"), findings(tar).notes("a.tar"));
    }

    @Test
    void namesAreTextAlone() throws IOException {
        byte[] tar = new TestTar().add("../../etc/passwd", "a").add("/etc/shadow", "b").add("two\nlines\u001B[2J", "c").bytes();
        assertEquals(List.of("../../etc/passwd", "/etc/shadow", "two_lines_[2J"), List.copyOf(contents(tar, 0, tar.length).keySet()));
    }

    @Test
    void aTarThatIsCutOffIsRefusedWhereverTheCutIs() throws IOException {
        byte[] tar = new TestTar().add("one", "1".repeat(700)).add(LONG, "2".repeat(1500)).bytes();
        int end = 9 * 512;
        for (int length = 1; length < end; length++) {
            byte[] cut = Arrays.copyOf(tar, length);
            boolean behindTheFirst = length >= 512 + 700 && length <= 3 * 512;
            boolean behindTheSecond = length >= 6 * 512 + 1500;
            if (behindTheFirst || behindTheSecond) {
                assertEquals(List.of("a.tar has no end mark: it may have been cut off between two files"), findings(cut).notes("a.tar"));
            } else {
                assertTrue(refusal(cut).startsWith("a.tar is "), refusal(cut));
            }
        }
    }

    @Test
    void sizesThatLieAreRefused() {
        byte[] file = new byte[100];
        assertEquals("a.tar is damaged or was cut off, at byte 1024 (\"b\" should have 8589934591 bytes, of which 1024 are there): get it anew",
                refusal(TestTar.blocks(TestTar.header("a", '0', TestTar.octal(100)), file, TestTar.header("b", '0', TestTar.octal(8589934591L)), file, new byte[512])));
        for (String size : List.of("-0000000001\0", "99999999999\0", "zzzzzzzzzzz\0", "\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FE",
                "\u0080\0\0\0\u007F\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF", "\u0080\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF")) {
            String message = refusal(TestTar.blocks(TestTar.header("a", '0', TestTar.octal(100)), file, TestTar.header("b", '0', size), file, new byte[1024]));
            assertTrue(message.startsWith("a.tar is damaged or was cut off, at byte 1024 ("), message);
        }
    }

    @Test
    void memoryIsNotTakenOnAHeadersWord() {
        TarBytes huge = (target, position) -> {
            byte[] header = TestTar.header("name", 'L', "\u0080\0\0\0\0\0\0\u007F\u00FF\u00FF\u00FF\u00FF");
            for (int i = 0; target.hasRemaining(); i++) {
                target.put(header[(int) ((position + i) % 512)]);
            }
            return 512;
        };
        for (long end : new long[] {1L << 20, 1L << 45}) {
            String message = assertThrows(DataException.class, () -> TarScan.scan(huge, "a.tar", 0, end, _ -> true)).getMessage();
            assertTrue(message.contains(end == 1L << 20 ? "should have 549755813887 bytes" : "a name of 549755813887 bytes"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999 path=a\n", "path=a\n", "9 path=a", "0 \n", "12 size=-12\n", "27 size=99999999999999999999\n", "18446744073709551616 a=b\n"})
    void paxRecordsThatLieAreRefused(String records) {
        byte[] pax = records.getBytes(StandardCharsets.UTF_8);
        String message = refusal(TestTar.blocks(TestTar.header("pax", 'x', TestTar.octal(pax.length)), pax, TestTar.header("a", '0', TestTar.octal(0)), new byte[1024]));
        assertTrue(message.startsWith("a.tar is damaged or was cut off, at byte 0 ("), message);
    }

    @Test
    void aSizeOfPaxCounts() throws IOException {
        byte[] pax = "12 size=600\n".getBytes(StandardCharsets.UTF_8);
        byte[] tar = TestTar.blocks(TestTar.header("pax", 'x', TestTar.octal(pax.length)), pax, TestTar.header("a", '0', TestTar.octal(0)), "x".repeat(600).getBytes(),
                TestTar.header("b", '0', TestTar.octal(1)), "y".getBytes(), new byte[1024]);
        assertEquals(Map.of("a", "x".repeat(600), "b", "y"), contents(tar, 0, tar.length));
    }

    @Test
    void whatIsNoTarIsRefused() {
        assertEquals("a.tar is no tar: give another, or get it anew", refusal("<html>".repeat(200).getBytes()));
        assertEquals("a.tar is damaged or was cut off, at byte 0 (it ends within a header): get it anew", refusal(new byte[] {31, -117}));
    }

    @Test
    void severalTarsBehindOneAnotherAreTold() throws IOException {
        byte[] tar = TestTar.blocks(new TestTar().add("a", "1").bytes(), new TestTar().add("b", "2").bytes());
        assertEquals(Map.of("a", "1"), contents(tar, 0, tar.length));
        assertEquals(List.of("a.tar: what follows its end mark is passed over"), findings(tar).notes("a.tar"));
    }
}
