/**
 * Files of ONNX. The tensors are the initializers of the graph by their names, and what its Constant nodes hold by the name of their
 * output; 32- and 64-bit integers, which are shapes and axes, are left out. The nodes are the graph's, their numbers as the file says
 * them: {@code alpha} of LRN, for one, is divided by {@code size}.
 */
package alexnet.core.weights.onnx;
