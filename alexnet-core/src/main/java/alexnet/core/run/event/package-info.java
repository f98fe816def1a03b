/**
 * What a training run tells while it goes on, and to whom. A sink (a terminal, a table, TensorBoard's files, a live page) is one
 * class that implements {@link alexnet.core.run.event.RunSink}.
 */
package alexnet.core.run.event;
