package alexnet.bench;

/** Another engine that can build the same network. Found as a service, in a module that is built only when a peer is asked for. */
public interface Peer {

    /** Which engine it is. */
    Engine engine();

    /**
     * Builds the network from this program's weights: the same layers, groups, normalisation and dropout, and the same momentum
     * and weight decay. The referee compares its {@link Contestant#logits()} before it measures anything.
     *
     * @param network open only during this call
     * @param threads how many the engine may use; 0 for its own choice
     */
    Contestant open(SharedNetwork network, int threads);
}
