/**
 * The kernels for devices that are this JVM, written with jdk.incubator.vector.
 *
 * <p>Form. A kernel is a {@code @Parallel} loop over blocks. What it does before the loop, every thread does, so nothing of a
 * layer's size is done there: what all blocks need, such as weights in {@link alexnet.kernels.host.Panels} or a transposed
 * array, is prepared by a task of its own, whose loop the threads share, in the plan's workspace. A thread's own memory
 * ({@link alexnet.kernels.host.Scratch}) holds what a tile or a block needs. Nearly all arithmetic of direct algorithms
 * goes through two micro-kernels, {@link alexnet.kernels.host.PackedProduct} and {@link alexnet.kernels.host.BroadcastProduct};
 * {@link alexnet.kernels.host.winograd} has their like for sides that are there in the order in which they are read.
 *
 * <p>Rims. Where images or places are no multiple of the vector, normalisation, pooling and minimal filtering move the last vector back to end with
 * them and compute some of them twice; products pack their last columns into vectors that are not full; dot products mask
 * their rest; what goes element by element takes its rest one by one.
 *
 * <p>Every number is computed by one block, in an order that depends on the shape and the width of the vectors alone: the
 * result is the same bits for any number of threads.
 */
package alexnet.kernels.host;
