package alexnet.core.network;

/** The maps of a layer, without the batch: {@code [channels][height][width]}; a fully connected layer's are 1 x 1. */
public record Extent(int channels, int height, int width) {

    /** Values of one image. */
    public int length() {
        return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
