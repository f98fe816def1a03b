package alexnet.core.group;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The exchange through host memory: works between any devices. */
public final class HostExchange implements Exchange {

    private record Way(int from, int to) {
    }

    /** What was sent on its way and not yet found. */
    private final Map<Way, BlockingQueue<FloatArray>> sent = new ConcurrentHashMap<>();
    /** What was found and not yet received; each element belongs to the receiving part's thread. */
    private final Map<Way, FloatArray> found = new ConcurrentHashMap<>();

    @Override
    public void send(int from, int to, FloatArray outgoing) {
        sent(new Way(from, to)).add(outgoing);
    }

    private BlockingQueue<FloatArray> sent(Way way) {
        return sent.computeIfAbsent(way, _ -> new LinkedBlockingQueue<>());
    }

    @Override
    public void await(int part, int from) throws InterruptedException {
        Way way = new Way(from, part);
        if (!found.containsKey(way)) {
            found.put(way, sent(way).take());
        }
    }

    @Override
    public void clear() {
        sent.values().forEach(BlockingQueue::clear);
        found.clear();
    }

    @Override
    public void receive(int part, int from, FloatArray incoming) throws InterruptedException {
        await(part, from);
        // The other part cannot overwrite what it gave before it comes here again, in a pass that begins when this one is over.
        FloatArray received = found.remove(new Way(from, part));
        if (received.getSize() != incoming.getSize()) {
            throw new IllegalStateException("the parts are out of step: got " + received.getSize() + " values, expected " + incoming.getSize());
        }
        MemorySegment.copy(received.getSegment(), 0, incoming.getSegment(), 0, incoming.getSegment().byteSize());
    }
}
