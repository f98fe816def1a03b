package alexnet.core.run.event;

/**
 * What a layer with weights looks like behind a step.
 *
 * @param layer       its name
 * @param weights     distribution of its weights
 * @param updates     distribution of what the last step added to them; null of a layer that stays as it is
 * @param updateRatio Euclidean norm of the last step's update of the weights, divided by that of the weights; NaN of such a layer
 * @param deadUnits   share of its filters or units, 0 to 1, that were zero for every image of the first validation batch, which is
 *                    spread over the classes; NaN in the last layer, which has no ReLU
 */
public record LayerMeasures(String layer, Histogram weights, Histogram updates, double updateRatio, double deadUnits) {
}
