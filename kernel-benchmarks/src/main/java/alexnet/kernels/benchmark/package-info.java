/**
 * JMH benchmarks, a class a kernel, on the layers of the paper's network as one channel group has them. What is inside the
 * timing is said by the three methods of {@link alexnet.kernels.benchmark.KernelBenchmark}, which all of them share.
 */
package alexnet.kernels.benchmark;
