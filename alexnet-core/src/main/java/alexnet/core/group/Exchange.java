package alexnet.core.group;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How parts hand each other what others see: their maps on the way forward, gradients on the way back. Each part's thread sends and
 * receives in turn, so that a part may compute between the two.
 */
public interface Exchange {

    /**
     * Gives {@code outgoing} to another part, without waiting until it takes it. It must stay as it is until all parts are through with
     * their way forward, or back.
     *
     * @param from the part that gives
     * @param to   the part that it is for
     * @throws InterruptedException when the other part has failed
     */
    void send(int from, int to, FloatArray outgoing) throws InterruptedException;

    /**
     * Waits until there is something to receive.
     *
     * @param part that waits
     * @param from the part that it waits for
     * @throws InterruptedException when the other part has failed and will never send
     */
    void await(int part, int from) throws InterruptedException;

    /**
     * Fills {@code incoming} with what another part has sent, which it waits for.
     *
     * @param part that receives
     * @param from the part that sends
     * @throws InterruptedException when the other part has failed and will never send
     */
    void receive(int part, int from, FloatArray incoming) throws InterruptedException;

    /** Forgets what was sent and not received, after a step that failed. No part is in the exchange meanwhile. */
    void clear();
}
