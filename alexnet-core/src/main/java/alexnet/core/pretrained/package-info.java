/**
 * Networks that were trained before, from which another begins: {@link alexnet.core.pretrained.Pretrained} opens a file of one, and
 * {@link alexnet.core.pretrained.Transfer} says which of its layers fit.
 */
package alexnet.core.pretrained;
