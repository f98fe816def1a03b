package alexnet.core.run.event;

/**
 * What a measurement of a run came to. Pure results, the same whenever the run is repeated; how long it took is told by the event.
 *
 * @param step           of the run, behind which was measured
 * @param epochs         of training so far, with their fraction
 * @param lr             the learning rate of the last step
 * @param trainingLoss   mean cross-entropy of the training images since the measurement before, with dropout and augmentation
 * @param validationLoss mean cross-entropy of the validation images, centre crop
 * @param top1           validation top-1 accuracy, 0 to 1
 * @param top5           validation top-5 accuracy, 0 to 1
 */
public record Metrics(long step, double epochs, double lr, double trainingLoss, double validationLoss, double top1, double top5) {
}
