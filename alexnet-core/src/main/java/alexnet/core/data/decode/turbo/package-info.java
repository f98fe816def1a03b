/** libjpeg-turbo, called through the Foreign Function API where it is installed: pixels from JPEGs, whole or at a fraction of their size, and back. */
package alexnet.core.data.decode.turbo;
