/**
 * Files of weights, whichever program wrote them: {@link alexnet.core.weights.WeightsFormats} tells by a file's content which it is
 * and opens it as named tensors. A new format is one class and one line there. Nothing here knows what a tensor is for.
 */
package alexnet.core.weights;
