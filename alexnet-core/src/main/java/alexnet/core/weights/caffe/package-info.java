/**
 * Files of Caffe: networks with their weights ({@code .caffemodel}) and mean images ({@code .binaryproto}).
 *
 * <p>A tensor goes by the name of its layer and its place among the layer's, as in Caffe's own HDF5 files: {@code conv1/0} are the
 * weights of conv1, {@code conv1/1} its biases. Shapes are those that Caffe's layers have: {@code [filters][channels][y][x]} of
 * convolutions, {@code [outputs][inputs]} of fully connected layers, {@code [outputs]} of biases. Old files say four dimensions of each,
 * the first of them 1 where there are fewer: those are left out. The channels of a first convolution are blue, green, red as a rule; no file says so. The
 * layers are the nodes, their types in today's words in either form of Caffe's layers, their numbers those of their messages in
 * {@code caffe.proto} that matter to an AlexNet, as {@code group}, {@code local_size}, {@code crop_size}; values of enumerations are
 * their numbers. The metadata are {@code name}, the network's, and {@code layers}, {@code V1} or {@code V2}.
 */
package alexnet.core.weights.caffe;
