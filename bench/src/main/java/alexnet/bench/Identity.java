package alexnet.bench;

import java.util.List;

import alexnet.core.network.LayerAlgorithms;

/**
 * Who a contestant is.
 *
 * @param engine      {@code alexnet} or the peer's name
 * @param version     of the engine, with that of the runtime below it
 * @param device      {@code 0:0,0:1}, the devices of the two groups; {@code cpu} for a peer
 * @param name        what the device physically is
 * @param kernels     the family of kernels; the engine's own are {@code -}
 * @param convolution the choice of algorithms, {@code auto}; the engine's own is {@code -}
 * @param layers      what computes the passes of the first group's layers; nobody knows it of a peer
 */
public record Identity(String engine, String version, String device, String name, String kernels, String convolution, List<LayerAlgorithms> layers) {

    public Identity {
        // A worker of another language has said nothing.
        convolution = convolution == null ? "-" : convolution;
        layers = layers == null ? List.of() : List.copyOf(layers);
    }

    /** Of an engine that chooses by itself. */
    public Identity(String engine, String version, String device, String name) {
        this(engine, version, device, name, "-", "-", List.of());
    }

    /** Whether all of its layers round as any sum of products does. */
    boolean isDirect() {
        return layers.stream().flatMap(layer -> layer.passes().values().stream()).allMatch(LayerAlgorithms.Use::direct);
    }
}
