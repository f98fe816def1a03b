/**
 * What is done with a network and data: training with its schedule and augmentation, validation, testing over several views, and
 * prediction.
 */
package alexnet.core.training;
