/** Whether the gradients that a whole network computes on its devices are those of its loss. */
package alexnet.core.gradient;
