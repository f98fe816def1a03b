/**
 * Are the kernels right on this device? One table of cases for every operation, run by any family on any device through a
 * real task graph and compared with the double-precision references.
 */
package alexnet.kernels.check;
