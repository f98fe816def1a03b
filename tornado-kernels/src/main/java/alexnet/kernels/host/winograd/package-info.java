/** Winograd's minimal filtering with vectors of images. */
package alexnet.kernels.host.winograd;
