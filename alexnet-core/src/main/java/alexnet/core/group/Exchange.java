package alexnet.core.group;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How two channel groups hand each other what both need: their maps on the way forward, gradients on the way back. Each
 * group's thread calls it where the stages meet.
 */
public interface Exchange {

    /**
     * Gives {@code outgoing} to the other group and fills {@code incoming} with what the other group gives in its call,
     * which this one waits for. {@code outgoing} must stay as it is until the next exchange is over.
     *
     * @throws InterruptedException when the other group has failed and will never come
     */
    void exchange(FloatArray outgoing, FloatArray incoming) throws InterruptedException;
}
