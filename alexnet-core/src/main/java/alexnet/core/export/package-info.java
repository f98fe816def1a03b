/** Trained networks as files for other programs: ONNX graphs, and weights alone. */
package alexnet.core.export;
