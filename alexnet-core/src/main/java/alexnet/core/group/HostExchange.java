package alexnet.core.group;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.Exchanger;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The exchange through host memory: works between any two devices. */
public final class HostExchange implements Exchange {

    private final Exchanger<FloatArray> exchanger = new Exchanger<>();

    @Override
    public void exchange(FloatArray outgoing, FloatArray incoming) throws InterruptedException {
        // The other group cannot overwrite what it gave before its stage runs again, and before that it has to meet this
        // thread in at least one more exchange: so the copy needs no second rendezvous.
        FloatArray received = exchanger.exchange(outgoing);
        if (received.getSize() != incoming.getSize()) {
            throw new IllegalStateException("the groups are out of step: got " + received.getSize() + " values, expected " + incoming.getSize());
        }
        MemorySegment.copy(received.getSegment(), 0, incoming.getSegment(), 0, incoming.getSegment().byteSize());
    }
}
