package alexnet.core.evaluation;

/**
 * A class and another that its images are taken for.
 *
 * @param label  what they are
 * @param guess  what the network says
 * @param count  of such images
 * @param images of the class
 */
public record Confusion(int label, int guess, int count, int images) {
}
