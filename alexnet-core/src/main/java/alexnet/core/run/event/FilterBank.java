package alexnet.core.run.event;

/**
 * The filters of the first layer.
 *
 * @param weights  {@code [filters][channels][size][size]}; the first group's filters come first
 * @param filters  of both groups
 * @param channels of the image: 3 or 1
 * @param size     rows and columns of a filter
 */
public record FilterBank(float[] weights, int filters, int channels, int size) {
}
