/**
 * A training run in time: what it stands at, when it is measured and saved, who may ask it to stop, and the folder that it
 * writes to. What a step computes is {@link alexnet.core.training}'s, who is told of it {@link alexnet.core.run.event}'s.
 */
package alexnet.core.run;
