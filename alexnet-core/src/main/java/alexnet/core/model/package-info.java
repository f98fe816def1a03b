/**
 * A trained network apart from training: what it computes, what its outputs are called, what it subtracts from an image, and
 * the file that keeps it. What more a file needs for training to go on is {@link alexnet.core.run.Snapshot}'s.
 */
package alexnet.core.model;
