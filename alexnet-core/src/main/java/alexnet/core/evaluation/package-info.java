/**
 * What is told of a network that was tested: its answers image by image, accuracy class by class, confused classes, and the files that
 * others score.
 */
package alexnet.core.evaluation;
