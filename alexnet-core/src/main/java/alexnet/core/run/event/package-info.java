/**
 * What a training run tells while it goes on, and to whom. A sink (a terminal, a table, TensorBoard's files, a live page) is one
 * class that implements {@link alexnet.core.run.event.RunSink}; those that tell the time left have it of a
 * {@link alexnet.core.run.event.Pace}.
 */
package alexnet.core.run.event;
