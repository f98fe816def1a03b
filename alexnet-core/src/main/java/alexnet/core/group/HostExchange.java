package alexnet.core.group;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import alexnet.core.network.Architecture;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The exchange through host memory: works between any two devices. */
public final class HostExchange implements Exchange {

    /** What was sent to each group. A group sends the next only after it has received, so that there is never more than one. */
    private final List<BlockingQueue<FloatArray>> sent = Stream.<BlockingQueue<FloatArray>>generate(LinkedBlockingQueue::new)
            .limit(Architecture.GROUPS).toList();
    /** What each group has found there and not yet received; each element belongs to that group's thread. */
    private final FloatArray[] found = new FloatArray[Architecture.GROUPS];

    @Override
    public void send(int group, FloatArray outgoing) {
        sent.get(Architecture.GROUPS - 1 - group).add(outgoing);
    }

    @Override
    public void await(int group) throws InterruptedException {
        if (found[group] == null) {
            found[group] = sent.get(group).take();
        }
    }

    @Override
    public void clear() {
        sent.forEach(BlockingQueue::clear);
        Arrays.fill(found, null);
    }

    @Override
    public void receive(int group, FloatArray incoming) throws InterruptedException {
        await(group);
        // The other group cannot overwrite what it gave before its stage runs again, and before that it receives at least
        // once more, what this thread sends only after this copy.
        FloatArray received = found[group];
        found[group] = null;
        if (received.getSize() != incoming.getSize()) {
            throw new IllegalStateException("the groups are out of step: got " + received.getSize() + " values, expected " + incoming.getSize());
        }
        MemorySegment.copy(received.getSegment(), 0, incoming.getSegment(), 0, incoming.getSegment().byteSize());
    }
}
