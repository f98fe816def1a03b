/**
 * Measures how fast contestants are: this program on its devices, and other engines. Each contestant runs in a
 * {@linkplain alexnet.bench.WorkerServer worker process} of its own; the {@linkplain alexnet.bench.Referee referee} calls on
 * them in turns, so that whatever else the machine does meets all of them alike.
 */
package alexnet.bench;
