package alexnet.core.group;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How two channel groups hand each other what both need: their maps on the way forward, gradients on the way back. Each
 * group's thread sends and receives in turn, so that a group may compute between the two.
 */
public interface Exchange {

    /**
     * Gives {@code outgoing} to the other group, without waiting until it takes it. It must stay as it is until the exchange
     * after this one is over.
     *
     * @param group that gives
     * @throws InterruptedException when the other group has failed
     */
    void send(int group, FloatArray outgoing) throws InterruptedException;

    /**
     * Waits until there is something to receive.
     *
     * @param group that waits
     * @throws InterruptedException when the other group has failed and will never send
     */
    void await(int group) throws InterruptedException;

    /**
     * Fills {@code incoming} with what the other group has sent, which it waits for.
     *
     * @param group that receives
     * @throws InterruptedException when the other group has failed and will never send
     */
    void receive(int group, FloatArray incoming) throws InterruptedException;

    /** Forgets what was sent and not received, after a step that failed. No group is in the exchange meanwhile. */
    void clear();
}
