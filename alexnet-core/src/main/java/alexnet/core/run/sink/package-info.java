/** Who writes into a run's folder what is told of the run, besides its checkpoints: a file a sink. */
package alexnet.core.run.sink;
