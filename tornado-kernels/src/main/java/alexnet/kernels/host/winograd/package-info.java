/**
 * Convolution by Winograd's minimal filtering, in tiles of seven by seven numbers of every image.
 *
 * <p>{@link alexnet.kernels.host.winograd.Transforms} are the matrices, in one dimension, on vectors of images: no number meets one of
 * another image, so that nothing is ever shuffled. Forwards and the input gradient: {@link alexnet.kernels.host.winograd.Tiling} says what
 * lies where, {@link alexnet.kernels.host.winograd.Strips} is the way of the numbers.
 */
package alexnet.kernels.host.winograd;
