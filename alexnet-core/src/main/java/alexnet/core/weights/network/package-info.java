/**
 * Which network the tensors of a file are: {@link alexnet.core.weights.network.ImportedNetworks} opens a file of any format as one of
 * our architectures, with its parameters by our names and what its makers do to an image. A new kind of network is one class and one
 * line there.
 */
package alexnet.core.weights.network;
