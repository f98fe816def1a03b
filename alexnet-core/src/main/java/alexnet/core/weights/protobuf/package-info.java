/**
 * Files of protocol buffers, which may be hundreds of megabytes of numbers around a few names: Google's library parses them, but into
 * objects that hold it all, so here its decoder of single fields is used, and the numbers stay in the file.
 */
package alexnet.core.weights.protobuf;
