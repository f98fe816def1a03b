package alexnet.core.data.folder;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import alexnet.core.data.ImageSource;

/**
 * A file and the class that its folder gives it.
 *
 * @param path    the file
 * @param label   its class
 * @param content by what it is known again, see {@link ImageSource#content}
 */
public record LabelledFile(Path path, int label, String content) {

    /** A file that is known again by its length. */
    public static LabelledFile of(Path path, int label) {
        try {
            return new LabelledFile(path, label, Long.toString(Files.size(path)));
        } catch (IOException e) {
            // Who reads it will say what is wrong with it.
            return new LabelledFile(path, label, "");
        }
    }

    /** Its path below a folder, with slashes on every system: what messages show and what files are sorted by. */
    String name(Path folder) {
        return name(folder, path);
    }

    /** The path of a file or a folder below another. */
    static String name(Path folder, Path path) {
        return folder.relativize(path).toString().replace(File.separatorChar, '/');
    }
}
