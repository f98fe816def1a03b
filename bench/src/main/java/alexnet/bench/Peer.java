package alexnet.bench;

import alexnet.core.network.Architecture;

/** Another engine that can build the same network. Found as a service, in a module that is built only when a peer is asked for. */
public interface Peer {

    /** Which engine it is. */
    Engine engine();

    /**
     * Builds the network: the same layers, groups, normalisation and dropout, and the same momentum and weight decay.
     *
     * @param batchSize images in a batch
     * @param threads   how many the engine may use; 0 for its own choice
     */
    Contestant open(Architecture architecture, int batchSize, int threads);
}
