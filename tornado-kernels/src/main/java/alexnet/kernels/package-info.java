/**
 * The operations of the network, as tasks of TornadoVM graphs. {@link alexnet.kernels.KernelFamily} says what each operation
 * computes; a family is one way to compute all of them: {@code portable} anywhere, {@code gpu} on GPUs, {@code host} on the JVM.
 * Where it has several ways for an operation, they are {@link alexnet.kernels.Algorithm}s, of which
 * {@link alexnet.kernels.AlgorithmChoice} takes one for each pass and shape.
 * {@code reference} has the same in double precision, and {@code check} compares.
 *
 * <p>Arrays have the batch innermost: maps are {@code [channel][row][column][image]}, units {@code [unit][image]}. The shape
 * records say which array is how long.
 */
package alexnet.kernels;
