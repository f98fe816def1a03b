package alexnet.core.data;

/**
 * What is done to an image before training: one record, so that a network is tested and used with what it was trained with.
 *
 * @param size   what it is brought to
 * @param resize how
 */
public record Preprocessing(StoredSize size, Resize resize) {

    /** The paper's: what covers a size, cropped at the centre. */
    public static Preprocessing covering(StoredSize size) {
        return new Preprocessing(size, Resize.COVER);
    }
}
