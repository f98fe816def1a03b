package alexnet.core.data.archive.tar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import alexnet.core.data.Names;
import alexnet.core.data.folder.Foreign;
import alexnet.core.data.folder.ImageSignature;

/** Tells the images in a tar, by their names or else by how they begin, and keeps account of the other files. */
public final class TarImages {

    private final String tar;
    private final List<String> others = new ArrayList<>();
    private int count;

    /** @param tar what messages call it */
    public TarImages(String tar) {
        this.tar = tar;
    }

    /** Whether a file is an image, or should be one. */
    public boolean isImage(TarBytes bytes, TarEntry entry) throws IOException {
        if (isForeign(entry)) {
            return false;
        }
        if (entry.length() <= Integer.MAX_VALUE && (ImageSignature.isNamed(entry.fileName())
                || ImageSignature.begins(bytes.read(entry.offset(), (int) Math.min(ImageSignature.HEAD, entry.length()))))) {
            return true;
        }
        passedOver(entry);
        return false;
    }

    /** Whether a file is what other programs leave behind. */
    public static boolean isForeign(TarEntry entry) {
        return Arrays.stream(entry.name().split("/")).anyMatch(part -> !part.equals(".") && !part.equals("..") && Foreign.named(part));
    }

    /** That a file is none. */
    public void passedOver(TarEntry entry) {
        count++;
        if (others.size() < 4) {
            others.add(entry.name());
        }
    }

    /** The same for the user. */
    public List<String> notes() {
        return count == 0 ? List.of() : List.of(tar + ": " + count + (count == 1 ? " file that is no image" : " files that are no images") + " passed over: "
                + Names.some(others) + (count > others.size() ? " ..." : ""));
    }
}
