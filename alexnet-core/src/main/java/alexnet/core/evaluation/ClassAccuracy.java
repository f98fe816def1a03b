package alexnet.core.evaluation;

/**
 * How well a class is told.
 *
 * @param className its name
 * @param images    of it among those that were measured
 * @param top1      share of them whose likeliest class it is, 0 to 1; NaN where there are no images
 * @param top5      share of them that have it among the five likeliest, 0 to 1; NaN where there are no images
 */
public record ClassAccuracy(String className, int images, double top1, double top5) {
}
