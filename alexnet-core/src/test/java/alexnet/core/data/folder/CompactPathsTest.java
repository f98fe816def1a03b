package alexnet.core.data.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class CompactPathsTest {

    @Test
    void pathsComeBackAsTheyWere() {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            paths.add(Path.of("/data", "class " + i / 10, "n01440764_" + i + ".JPEG"));
            paths.add(Path.of("ü", "写真 " + i));
        }
        paths.add(Path.of("bare"));
        CompactPaths compact = new CompactPaths();
        compact.addAll(paths);

        assertEquals(paths, compact);
        assertEquals(paths, compact.trimmed());
    }
}
