package alexnet.core.group;

import java.util.List;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How the groups hand each other what all of them need. A link adds tasks of its own to the graphs and, where it needs the host,
 * steps of its own between them.
 */
public abstract class Link {

    /** The fastest that the placements of the groups allow. */
    public static Link between(List<TwoGroupNetwork.Placement> placements) {
        TwoGroupNetwork.Placement first = placements.getFirst();
        return placements.stream().allMatch(other -> other.device().equals(first.device()) && other.kernels().name().equals(first.kernels().name()))
                ? new DeviceLink() : new HostLink(new HostExchange());
    }

    /** Whether it links groups within one execution plan; if not, each of them has a plan and a thread. */
    abstract boolean withinPlan();

    /**
     * Allocates what it needs at one meeting.
     *
     * @param groups  those of one plan
     * @param segment the meeting is behind it
     */
    abstract Meeting meeting(List<GroupLayers> groups, int segment);

    /** Forgets what is under way, after a failure. */
    void clear() {
    }

    /** One meeting of the groups of a plan with each other or with that of another plan. */
    interface Meeting {

        /** On the way forward: from each group's own maps to the maps of all. */
        void gather(Chain chain);

        /**
         * On the way back: hands over what others need. The arrays stay as they are until {@link #receive}.
         *
         * @param gradients by the maps of all groups, as each group of the plan has it from its own next segment
         */
        void send(Chain chain, List<FloatArray> gradients);

        /**
         * On the way back: what each group has itself, and what the others have sent, make the gradient by its own maps.
         *
         * @param gradients the same as at {@link #send}
         * @param sums      get the gradient by each group's own maps
         */
        void receive(Chain chain, List<FloatArray> gradients, List<FloatArray> sums);
    }
}
