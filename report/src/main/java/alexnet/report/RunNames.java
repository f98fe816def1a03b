package alexnet.report;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** Names that tell runs apart: as much of the ends of their folders' paths as that takes. */
public final class RunNames {

    private RunNames() {
    }

    /** In the order of the folders. */
    public static List<String> of(List<Path> folders) {
        List<Path> paths = folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
        int longest = paths.stream().mapToInt(Path::getNameCount).max().orElse(0);
        for (int parts = 1; parts < longest; parts++) {
            int count = parts;
            List<String> names = paths.stream().map(path -> ending(path, count)).toList();
            if (new HashSet<>(names).size() == new HashSet<>(paths).size()) {
                return names;
            }
        }
        return paths.stream().map(Path::toString).toList();
    }

    private static String ending(Path path, int parts) {
        int count = path.getNameCount();
        return count == 0 ? path.toString() : path.subpath(Math.max(0, count - parts), count).toString();
    }
}
