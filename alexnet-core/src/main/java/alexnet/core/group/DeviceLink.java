package alexnet.core.group;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import alexnet.core.network.Range;
import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Between parts on one device: what one has computed, the others read. Each meeting ends a graph, because TornadoVM has room for
 * about 60 tasks in one.
 */
public final class DeviceLink extends Link {

    @Override
    boolean withinPlan() {
        return true;
    }

    @Override
    Meeting meeting(List<GroupLayers> parts, int segment) {
        return new DeviceMeeting(parts.stream().map(part -> part.segments.get(segment)).toList());
    }

    /** All parts' segments, in order. */
    private record DeviceMeeting(List<Segment> segments) implements Meeting {

        @Override
        public void gather(Chain chain) {
            GraphBuilder graph = exchange(chain);
            // Those who see the same see it in one array.
            Set<Range> gathered = new HashSet<>();
            for (Segment to : segments) {
                if (gathered.add(to.seen().range())) {
                    segments.forEach(from -> from.own().copyTo(to.seen(), chain.kernels(), graph, task("gather", from, to)));
                }
            }
            chain.cut();
        }

        @Override
        public void send(Chain chain, List<FloatArray> gradients) {
            // They are received from where they are.
        }

        @Override
        public void receive(Chain chain, List<FloatArray> gradients, List<FloatArray> sums) {
            GraphBuilder graph = exchange(chain);
            for (Segment to : segments) {
                Values sum = to.ownGradient(sums.get(to.part()));
                to.seenGradient(gradients.get(to.part())).copyTo(sum, chain.kernels(), graph, task("own", to, to));
                segments.stream().filter(from -> from != to).forEach(from ->
                        from.seenGradient(gradients.get(from.part())).addTo(sum, chain.kernels(), graph, task("sum", from, to)));
            }
            chain.cut();
        }

        private GraphBuilder exchange(Chain chain) {
            return chain.part(segments.getFirst().name(), Work.EXCHANGE, List.of());
        }

        private static String task(String what, Segment from, Segment to) {
            return to.name() + "_" + what + from.part() + "to" + to.part();
        }
    }
}
