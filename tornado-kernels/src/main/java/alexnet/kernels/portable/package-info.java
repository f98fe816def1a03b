/**
 * The portable kernels: the readable definition of every operation, plain Java loops with {@code @Parallel} that run on
 * every device.
 *
 * <p>Form. A work item computes a small tile: {@link alexnet.kernels.portable.Tile#ROWS} rows of
 * {@link alexnet.kernels.portable.Tile#LANES} lanes, the sums of a row in a private array. Rows are filters, units, channels
 * or taps, lanes are images (filters in the weight gradient). The innermost loop runs over the lanes and has all rows in its
 * body, so that every value loaded serves all of them. TornadoVM unrolls this loop, and the compiler behind OpenCL on a CPU
 * makes vector instructions of it. Five things keep it able to, each worth a factor of up to six on PoCL:
 * <ul>
 * <li>the rows stand together in every loop over the lanes, instead of one loop a row;</li>
 * <li>TornadoVM does not see how long the loop that stores the sums is ({@link alexnet.kernels.portable.Tile#end}) and leaves
 *     it a loop, so that the sums stay in an array instead of becoming 96 single values;</li>
 * <li>it does not see the length of the loops around either, and does not unroll them;</li>
 * <li>the index of the first lane visibly leaves room for the others ({@link alexnet.kernels.portable.Tile#firstLane}); else
 *     sixteen loads and inserts stand where one or two vectors could be loaded;</li>
 * <li>nothing is stored before all is loaded: arrays of arguments may overlap for all that the compiler knows.</li>
 * </ul>
 *
 * <p>Tiles. What a product reads many times is arranged for it beforehand by a task of its own, see
 * {@link alexnet.kernels.portable.TileKernels}, and work items that read the same follow each other. docs/architecture.md has figures.
 *
 * <p>Rims. Where the lanes are no multiple of a tile, the last tile is moved back to end with them; it repeats some of its
 * neighbour's work and stores the same bits, because a sum always adds the same terms in the same order. Where the rows are no
 * multiple, the last row is repeated. How sums are split between work items follows from the shape alone, so they do not depend on the number of threads.
 *
 * <p>Rules that TornadoVM 5.2 sets: no boolean parameters, no {@code break}, no division of negative numbers, one return
 * in helpers, no names of OpenCL functions. PoCL keeps the private arrays of a whole work-group, up to 4096 work items, on the
 * stack of a thread: more than about a kilobyte a work item overflows it.
 */
package alexnet.kernels.portable;
