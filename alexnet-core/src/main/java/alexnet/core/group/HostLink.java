package alexnet.core.group;

import java.util.List;

import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Between groups on any two devices, through host memory. */
public final class HostLink extends Link {

    private final Exchange exchange;

    /**
     * A link for one network.
     *
     * @param exchange hands an array over on the host
     */
    public HostLink(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    boolean withinPlan() {
        return false;
    }

    @Override
    Meeting meeting(List<GroupLayers> groups, int index) {
        GroupLayers group = groups.getFirst();
        Segment segment = group.segments.get(index);
        FloatArray received = group.arrays.transferred(segment.otherLength());
        return !segment.getsGradients() ? new HostMeeting(exchange, group.shapes.group(), segment, received, null, null)
                : new HostMeeting(exchange, group.shapes.group(), segment, received, group.sentGradient(index),
                        group.arrays.transferred(segment.length()));
    }

    @Override
    void clear() {
        exchange.clear();
    }

    /**
     * One group's side.
     *
     * @param received         the other group's maps
     * @param sentGradient     the gradient by the other group's maps; null where none are needed
     * @param receivedGradient the gradient by the own maps that the other group sends; null where none are needed
     */
    private record HostMeeting(Exchange exchange, int group, Segment segment, FloatArray received, FloatArray sentGradient,
                               FloatArray receivedGradient) implements Meeting {

        @Override
        public void gather(Chain chain) {
            chain.download(segment.name(), segment.own());
            send(chain, segment.own());
            receive(chain, received);
            GraphBuilder graph = chain.part(segment.name(), Work.UPLOAD, List.of(received));
            chain.kernels().copy(graph, segment.name() + "_own", segment.length(), segment.own(), 0, segment.all(), segment.offset());
            chain.kernels().copy(graph, segment.name() + "_received", segment.otherLength(), received, 0, segment.all(), segment.otherOffset());
        }

        @Override
        public void send(Chain chain, List<FloatArray> gradients) {
            GraphBuilder graph = chain.part(segment.name(), Work.DOWNLOAD, List.of());
            chain.kernels().copy(graph, segment.name() + "_send", segment.otherLength(), gradients.getFirst(), segment.otherOffset(),
                    sentGradient, 0);
            chain.download(segment.name(), sentGradient);
            send(chain, sentGradient);
        }

        @Override
        public void receive(Chain chain, List<FloatArray> gradients, List<FloatArray> sums) {
            receive(chain, receivedGradient);
            GraphBuilder graph = chain.part(segment.name(), Work.UPLOAD, List.of(receivedGradient));
            chain.kernels().add(graph, segment.name() + "_sum", segment.length(), gradients.getFirst(), segment.offset(), receivedGradient,
                    sums.getFirst());
        }

        private void send(Chain chain, FloatArray outgoing) {
            chain.onHost(segment.name(), Work.EXCHANGE, () -> exchange.send(group, outgoing));
        }

        private void receive(Chain chain, FloatArray incoming) {
            chain.onHost(segment.name(), Work.WAITING, () -> exchange.await(group));
            chain.onHost(segment.name(), Work.EXCHANGE, () -> exchange.receive(group, incoming));
        }
    }
}
