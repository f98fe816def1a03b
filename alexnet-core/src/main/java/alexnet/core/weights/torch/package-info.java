/**
 * PyTorch's two formats: a zip (since 1.6) and a stream of pickles (until 1.5). Both describe tensors by a pickle, which is a program
 * for a small machine with a stack. The machine here can build values and nothing else: it executes no code, whatever a pickle names.
 */
package alexnet.core.weights.torch;
