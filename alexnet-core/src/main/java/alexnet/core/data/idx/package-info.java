/** IDX files, the format of MNIST and its kin. */
package alexnet.core.data.idx;
