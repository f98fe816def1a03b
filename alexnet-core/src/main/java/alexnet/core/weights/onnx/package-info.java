/**
 * Files of ONNX. The tensors are the initializers of the graph by their names, and what its Constant nodes hold by the name of their
 * output; what is no floating point, such as shapes and axes, is left out. The nodes are the graph's, their numbers as the file says
 * them: {@code alpha} of LRN, for one, is divided by {@code size}. The metadata are the file's own; {@code opset}, {@code producer} and
 * {@code graph} beside them, and {@code input NAME} with the shape of each value that the graph takes.
 */
package alexnet.core.weights.onnx;
