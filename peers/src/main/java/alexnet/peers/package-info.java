/**
 * The same network in other engines, with this program's weights: the layers, channel groups, normalisation within a group and
 * dropout of the architecture, trained by momentum and weight decay. A batch begins with prepared images, so that peers are spared
 * the cropping and the subtraction of the mean, which this program's own batches begin with.
 */
package alexnet.peers;
