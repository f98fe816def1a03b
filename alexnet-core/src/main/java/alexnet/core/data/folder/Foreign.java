package alexnet.core.data.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What lies in folders of images without belonging to them: other programs' own files, and the results of training runs. */
public final class Foreign {

    /** In lower case: what Windows, macOS, Linux, Synology and QNAP systems, Python and archives leave behind. */
    private static final Set<String> NAMES = Set.of("__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin",
            "recycler", "system volume information", "network trash folder", "temporary items", "lost+found", "@eadir", "@tmp",
            "@recycle", "#recycle", "#snapshot", "@recently-snapshot", "@__thumb", "@transcode", "@synoeastream", "@synoresource",
            "__pycache__");

    private Foreign() {
    }

    /** Whether a file or a folder of this name is hidden, or no one's image or class. */
    public static boolean named(String name) {
        return name.startsWith(".") || NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a folder is where a training run puts its results, which may lie in the folder of its images. */
    static boolean isRun(Path folder) {
        return Files.exists(folder.resolve("metrics.csv")) && Files.exists(folder.resolve("losses.csv"))
                || Files.exists(folder.resolve("last.safetensors"));
    }
}
