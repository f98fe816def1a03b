package alexnet.core.group;

import java.util.List;

import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Between groups on one device: what one has computed, the other reads. Each meeting ends a graph, because TornadoVM has room for
 * no more than 1024 nodes in one, which is about 60 tasks.
 */
public final class DeviceLink extends Link {

    @Override
    boolean withinPlan() {
        return true;
    }

    @Override
    Meeting meeting(List<GroupLayers> groups, int segment) {
        List<Segment> segments = groups.stream().map(group -> group.segments.get(segment)).toList();
        // Counting allocates nothing, and a list from a stream may hold nulls.
        List<FloatArray> sent = groups.stream().filter(group -> group.segments.get(segment).getsGradients())
                .map(group -> group.sentGradient(segment)).toList();
        return new DeviceMeeting(segments, sent);
    }

    /**
     * Both groups' segments, in order.
     *
     * @param sent the gradient by the other group's maps that each group leaves; none where none are needed
     */
    private record DeviceMeeting(List<Segment> segments, List<FloatArray> sent) implements Meeting {

        @Override
        public void gather(Chain chain) {
            GraphBuilder graph = exchange(chain);
            for (Segment segment : segments) {
                chain.kernels().copy(graph, task("gather", segment), segment.length(), segment.own(), 0, segment.all(), segment.offset());
            }
            chain.cut();
        }

        @Override
        public void send(Chain chain, List<FloatArray> gradients) {
            GraphBuilder graph = exchange(chain);
            for (int group = 0; group < segments.size(); group++) {
                Segment segment = segments.get(group);
                chain.kernels().copy(graph, task("send", segment), segment.otherLength(), gradients.get(group), segment.otherOffset(),
                        sent.get(group), 0);
            }
        }

        @Override
        public void receive(Chain chain, List<FloatArray> gradients, List<FloatArray> sums) {
            GraphBuilder graph = exchange(chain);
            for (int group = 0; group < segments.size(); group++) {
                Segment segment = segments.get(group);
                chain.kernels().add(graph, task("sum", segment), segment.length(), gradients.get(group), segment.offset(),
                        sent.get(segments.size() - 1 - group), sums.get(group));
            }
            chain.cut();
        }

        private GraphBuilder exchange(Chain chain) {
            return chain.part(segments.getFirst().name(), Work.EXCHANGE, List.of());
        }

        private static String task(String what, Segment segment) {
            return segment.name() + "_" + what + segment.offset();
        }
    }
}
