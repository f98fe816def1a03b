package alexnet.core.network;

/** A layer that cannot be where it is. */
public final class ImpossibleLayerException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String layer;

    /** @param message names the architecture and the layer */
    public ImpossibleLayerException(String layer, String message, Throwable cause) {
        super(message, cause);
        this.layer = layer;
    }

    /** Its name. */
    String layer() {
        return layer;
    }
}
