package alexnet.core.training;

/**
 * What one epoch came to; a line of metrics.csv.
 *
 * @param epoch           from 1
 * @param lr              the learning rate of its last step
 * @param trainingLoss    mean cross-entropy of the training images, with dropout and augmentation
 * @param validationLoss  mean cross-entropy of the validation images, centre crop
 * @param top1            validation top-1 accuracy, 0 to 1
 * @param top5            validation top-5 accuracy, 0 to 1
 * @param imagesPerSecond training images a second, without validation
 * @param seconds         of the whole epoch
 */
public record EpochMetrics(int epoch, double lr, double trainingLoss, double validationLoss, double top1, double top5,
                           double imagesPerSecond, double seconds) {
}
