package alexnet.core.data;

import java.io.File;
import java.nio.file.Path;

/** A file and the class that its folder gives it. */
record LabelledFile(Path path, int label) {

    /** Its path below a folder, with slashes on every system: what messages show and what files are sorted by. */
    String name(Path folder) {
        return folder.relativize(path).toString().replace(File.separatorChar, '/');
    }
}
