/**
 * The kernels for GPUs: work-groups that share what they load, and work items whose neighbours touch neighbouring memory.
 *
 * <p>Form. Convolution and fully connected layers, in all three directions, are one tiled matrix product
 * ({@link alexnet.kernels.gpu.Product}, tiles chosen by {@link alexnet.kernels.gpu.Tiling}): slabs of both factors go through
 * local memory, 64 sums of a work item stay in registers, bias and ReLU are applied on the way out. The weight gradient, whose
 * sums are long and whose result is small, shares the terms of a sum among the work items of a group. The other kernels
 * compute one element a work item, images innermost, or turn or add up in local memory what would else be read with strides.
 * Every sum adds its terms in an order that depends on the tiling only: results repeat bit for bit on the same device.
 *
 * <p>What keeps sums in registers: every index into a private array is a constant once TornadoVM has unrolled the loops of
 * {@code SIDE} steps, so that the device's compiler dissolves the arrays. An index that is known only at run time would put
 * them into memory; {@link alexnet.kernels.gpu.Product#choose} shows the way around.
 *
 * <p>Rims. What lies beyond a matrix is loaded as 0 and never stored. Zeros of the padding take part in the sums, so that an
 * infinite weight makes a NaN at the rim.
 *
 * <p>Rules that TornadoVM 5.2 sets, beside those of the portable family: a local array must not be passed to a method, its
 * addresses would be wrong and no error said; a method that a kernel calls may have, with all that it calls in turn, 600 nodes
 * in TornadoVM's compiler, so that the products stand in the kernels themselves.
 */
package alexnet.kernels.gpu;
