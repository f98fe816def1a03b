/**
 * Networks as data: layers, the shapes that a channel group computes, start values, and how much arithmetic a layer is. It knows
 * nothing of devices.
 */
package alexnet.core.network;
