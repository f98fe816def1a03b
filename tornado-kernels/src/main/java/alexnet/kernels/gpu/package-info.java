/**
 * The kernels for GPUs: work-groups that share what they load, and work items whose neighbours touch neighbouring memory.
 *
 * <p>Form. Convolution and fully connected layers, in all three directions, are one tiled matrix product
 * ({@link alexnet.kernels.gpu.Product}, tiles chosen by {@link alexnet.kernels.gpu.Tiling}): slabs of both factors go through
 * local memory, 64 sums of a work item stay in registers, bias and ReLU are applied on the way out. Where the result has too few
 * tiles for the device, as the weight gradient's has, the terms of its sums are split among work-groups, and a second task adds
 * up. The other kernels compute one element a work item, images innermost, or turn or add up in local memory what would else be
 * read with strides. Every sum adds its terms in an order that depends on the tiling only: results repeat bit for bit on the same
 * device.
 *
 * <p>What keeps sums in registers: they are variables. A private array is memory to TornadoVM's PTX back end, whatever its
 * indices; {@code scripts/judge-gpu-code} tells.
 *
 * <p>What the loop over the terms of a slab comes to, for two terms of a work item and chips of compute capability 9.0: 128
 * multiply-adds, 8 loads of four floats from local memory, 10 instructions more from the CUDA back end and 15 from PTX. To a slab
 * belong another 110 to 150 instructions that load the next, beside 512 multiply-adds.
 *
 * <p>Rims. What lies beyond a matrix is loaded as 0 and never stored. Zeros of the padding take part in the sums, so that an
 * infinite weight makes a NaN at the rim.
 *
 * <p>Rules that TornadoVM 5.2 sets, beside those of the portable family: a local array must not be passed to a method, its
 * addresses would be wrong and no error said; a method that a kernel calls may have, with all that it calls in turn, 600 nodes
 * in TornadoVM's compiler, so that the product stands in the kernel itself; a task has at most 20 arguments.
 */
package alexnet.kernels.gpu;
