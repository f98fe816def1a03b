/**
 * From the bytes of a file to upright pixels of a given size: {@link alexnet.core.data.decode.ImageDecoder} reads
 * pictures, {@link alexnet.core.data.decode.Resampler} scales them. What is wrong with a file is told apart
 * ({@link alexnet.core.data.decode.ImageException}) from what is wrong with the machine that it is on.
 */
package alexnet.core.data.decode;
