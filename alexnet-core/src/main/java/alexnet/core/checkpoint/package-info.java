/** Named tensors in files of the safetensors format, which PyTorch, NumPy and others read too. */
package alexnet.core.checkpoint;
