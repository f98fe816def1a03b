/**
 * Networks as data: layers, the parts that compute them and their shapes, start values, and how much arithmetic a layer is. It knows
 * nothing of devices.
 */
package alexnet.core.network;
