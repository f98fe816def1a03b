/**
 * The portable kernels: the readable definition of every operation, plain Java loops with {@code @Parallel} that run on
 * every device.
 *
 * <p>Form. A work item computes a small tile: {@link alexnet.kernels.portable.Tile#LANES} neighbouring images of
 * {@link alexnet.kernels.portable.Tile#ROWS} filters, units or channels, the sums of a row in a private array. The
 * innermost loops run over the lanes, all rows in one loop body. TornadoVM unrolls them and a CPU's OpenCL compiler turns
 * them into vector instructions on registers; it does so only as long as the rows stand together in the body, which also
 * goes for the loop that stores the sums.
 *
 * <p>Rims. Where the images are no multiple of the lanes, the last tile is moved back to end with the batch; it repeats
 * some images of its neighbour and stores the same bits, because a sum always adds the same terms in the same order.
 * Where the rows are no multiple, the last row is repeated.
 *
 * <p>Rules that TornadoVM 5.2 sets: no boolean parameters, no {@code break}, no division of negative numbers, one return
 * in helpers, no names of OpenCL functions.
 */
package alexnet.kernels.portable;
