/**
 * Every operation of the network, forward and backward, in double precision: plain loops straight from the formulas, in the
 * kernels' layouts, written for reading and not for speed. Kernels are compared with these, and these with finite differences.
 */
package alexnet.kernels.reference;
