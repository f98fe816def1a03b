package alexnet.core.group;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import alexnet.core.network.Range;
import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Between parts on any devices, through host memory: each is sent what it sees, and no more. */
public final class HostLink extends Link {

    private static final Range NOTHING = new Range(0, 0);

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
    Meeting meeting(List<GroupLayers> parts, int index) {
        GroupLayers part = parts.getFirst();
        Segment segment = part.segments.get(index);
        return new HostMeeting(exchange, segment, IntStream.range(0, segment.owns().size()).filter(other -> other != segment.part())
                .mapToObj(other -> Other.allocate(part.arrays, segment, other)).toList());
    }

    @Override
    void clear() {
        exchange.clear();
    }

    /**
     * What a part exchanges with another; there are no gradients where none are needed, as behind the last segment.
     *
     * @param part             the other
     * @param sent             those of the own maps that the other sees
     * @param received         those of the other's maps that are seen here
     * @param sentGradient     the gradient by what was received
     * @param receivedGradient the gradient by what was sent
     */
    private record Other(int part, Values sent, Values received, Values sentGradient, Values receivedGradient) {

        static Other allocate(DeviceArrays arrays, Segment segment, int part) {
            Range sent = segment.sentTo(part);
            Range received = segment.receivedFrom(part);
            String name = segment.name() + ".part" + part;
            return new Other(part,
                    sent.equals(segment.own().range()) ? segment.own() : Values.allocate(sent, length -> arrays.floats(name + ".sent", length)),
                    Values.allocate(received, arrays::transferred),
                    Values.allocate(segment.getsGradients() ? received : NOTHING, length -> arrays.floats(name + ".sentGradient", length)),
                    Values.allocate(segment.getsGradients() ? sent : NOTHING, arrays::transferred));
        }
    }

    /** One part's side. */
    private record HostMeeting(Exchange exchange, Segment segment, List<Other> others) implements Meeting {

        @Override
        public void gather(Chain chain) {
            others.stream().filter(other -> other.sent.any() && other.sent != segment.own()).forEach(other ->
                    segment.own().copyTo(other.sent, chain.kernels(), download(chain), task("sent", other)));
            send(chain, Other::sent);
            GraphBuilder graph = receive(chain, Other::received);
            segment.own().copyTo(segment.seen(), chain.kernels(), graph, segment.name() + "_own");
            others.forEach(other -> other.received.copyTo(segment.seen(), chain.kernels(), graph, task("received", other)));
        }

        @Override
        public void send(Chain chain, List<FloatArray> gradients) {
            Values gradient = segment.seenGradient(gradients.getFirst());
            others.stream().filter(other -> other.sentGradient.any()).forEach(other ->
                    gradient.copyTo(other.sentGradient, chain.kernels(), download(chain), task("send", other)));
            send(chain, Other::sentGradient);
        }

        @Override
        public void receive(Chain chain, List<FloatArray> gradients, List<FloatArray> sums) {
            Values sum = segment.ownGradient(sums.getFirst());
            GraphBuilder graph = receive(chain, Other::receivedGradient);
            segment.seenGradient(gradients.getFirst()).copyTo(sum, chain.kernels(), graph, segment.name() + "_own");
            others.forEach(other -> other.receivedGradient.addTo(sum, chain.kernels(), graph, task("sum", other)));
        }

        private void send(Chain chain, Function<Other, Values> which) {
            List<Other> receivers = others.stream().filter(other -> which.apply(other).any()).toList();
            receivers.stream().map(which).distinct().forEach(values -> chain.download(segment.name(), values.array()));
            receivers.forEach(other -> chain.onHost(segment.name(), Work.EXCHANGE,
                    () -> exchange.send(segment.part(), other.part, which.apply(other).array())));
        }

        /** The graph that takes in what was received. */
        private GraphBuilder receive(Chain chain, Function<Other, Values> which) {
            List<Other> senders = others.stream().filter(other -> which.apply(other).any()).toList();
            for (Other other : senders) {
                chain.onHost(segment.name(), Work.WAITING, () -> exchange.await(segment.part(), other.part));
                chain.onHost(segment.name(), Work.EXCHANGE, () -> exchange.receive(segment.part(), other.part, which.apply(other).array()));
            }
            return chain.part(segment.name(), Work.UPLOAD, senders.stream().map(other -> which.apply(other).array()).toList());
        }

        private GraphBuilder download(Chain chain) {
            return chain.part(segment.name(), Work.DOWNLOAD, List.of());
        }

        private String task(String what, Other other) {
            return segment.name() + "_" + what + other.part;
        }
    }
}
