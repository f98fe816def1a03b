/**
 * Processes that train one network together: each holds a copy of it, sees a share of every batch, and adds its gradients to those of the
 * others, so that all take the same step. What carries the sums between them is {@link alexnet.core.replica.Replicas}'.
 */
package alexnet.core.replica;
