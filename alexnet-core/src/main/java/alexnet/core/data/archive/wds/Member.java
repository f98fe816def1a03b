package alexnet.core.data.archive.wds;

import java.util.List;
import java.util.Locale;

/**
 * A file of a sample. WebDataset cuts its path at the first dot of the last part.
 *
 * @param stem      what the files of a sample have in common
 * @param extension what tells them apart, in lower case
 */
record Member(String stem, String extension) {

    /** In the order in which they are taken where a sample has several. */
    private static final List<String> IMAGES = List.of("jpg", "jpeg", "png", "webp", "ppm", "pgm", "pbm", "pnm", "bmp", "gif", "tif", "tiff", "img");
    private static final List<String> LABELS = List.of("cls", "json");

    static Member of(String path) {
        int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
        return dot < 0 ? new Member(path, "") : new Member(path.substring(0, dot), path.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    boolean isImage() {
        return IMAGES.contains(extension);
    }

    /** Whether it is taken before another image of the sample. */
    boolean isBefore(Member other) {
        return IMAGES.indexOf(extension) < IMAGES.indexOf(other.extension);
    }

    boolean isLabel() {
        return LABELS.contains(extension);
    }
}
