/**
 * The devices of the runtime that this process runs on, TornadoVM's or the JVM's, by the ids that users write.
 */
package alexnet.core.device;
