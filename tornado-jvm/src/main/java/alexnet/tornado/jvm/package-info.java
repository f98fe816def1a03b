/**
 * Runs TornadoVM's task graphs on the plain JVM, behind TornadoVM's own API in {@code uk.ac.manchester.tornado.api}: the
 * same class files run here and on a TornadoVM SDK. What this runtime does not have is either missing from the API or
 * throws and says so; nothing is imitated.
 *
 * <p><b>Devices.</b> One back end, index 0, with {@code -Dtornado.jvm.devices} devices (2 by default), each with
 * {@code -Dtornado.jvm.threads} threads of its own (by default the processors are shared out). A device is a memory space:
 * its arrays are others than the host's, and only transfers copy between them. See {@link alexnet.tornado.jvm.JvmDevice}
 * and {@link alexnet.tornado.jvm.DeviceThreads}.
 *
 * <p><b>Kernels.</b> The method that a task refers to is found through its serialised form or, where the task was compiled
 * against an API whose tasks are not serialisable, at the call that added it
 * ({@link alexnet.tornado.jvm.KernelReference}). A kernel with {@code @Parallel} loops is rewritten so that each thread
 * of the device runs its share of the iterations ({@link alexnet.tornado.jvm.ParallelLoops},
 * {@link alexnet.tornado.jvm.KernelCompiler}); one with a {@code KernelContext} runs once for every work-item of its grid
 * ({@link alexnet.tornado.jvm.WorkGroup}); any other runs once, on one thread. Rewritten kernels are hidden classes: the JVM
 * leaves them out of stack traces unless it is started with {@code -XX:+UnlockDiagnosticVMOptions -XX:+ShowHiddenFrames}.
 *
 * <p><b>Data.</b> Each graph of a plan has its own arrays on the device, kept from one execution to the next.
 * {@code consumeFromDevice} takes over those of the graph that ran immediately before in the same plan. TornadoVM reads
 * garbage, fails with a NullPointerException or does nothing where its rules are broken; here that throws
 * ({@link alexnet.tornado.jvm.GraphState}).
 */
package alexnet.tornado.jvm;
