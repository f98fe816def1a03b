package alexnet.bench;

/**
 * Who a contestant is.
 *
 * @param engine  {@code alexnet} or the peer's name
 * @param version of the engine, with that of the runtime below it
 * @param device  {@code 0:0,0:1}, the devices of the two groups; {@code cpu} for a peer
 * @param name    what the device physically is
 * @param kernels the family of kernels; the engine's own are {@code -}
 */
public record Identity(String engine, String version, String device, String name, String kernels) {
}
