package alexnet.core.data.shard;

/** How the images of a prepared set are written. */
public enum Encoding {
    /** NumPy arrays of unsigned bytes, {@code [images][channels][rows][columns]}. */
    RAW("npy"),
    /** WebDataset: tars with {@code NAME.jpg} and {@code NAME.cls} for each image. */
    JPEG("tar");

    private final String extension;

    Encoding(String extension) {
        this.extension = extension;
    }

    /** What the names of its shards end with, without a point. */
    public String extension() {
        return extension;
    }
}
