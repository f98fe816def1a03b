package alexnet.core.group;

import java.util.List;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How the parts hand each other what others see. A link adds tasks of its own to the graphs and, where it needs the host,
 * steps of its own between them.
 */
public abstract class Link {

    /** The fastest that the placements of the parts allow. */
    public static Link between(List<TwoGroupNetwork.Placement> placements) {
        TwoGroupNetwork.Placement first = placements.getFirst();
        return placements.stream().allMatch(other -> other.device().equals(first.device()) && other.kernels().name().equals(first.kernels().name()))
                ? new DeviceLink() : new HostLink(new HostExchange());
    }

    /** Whether it links parts within one execution plan; if not, each has a plan and a thread. */
    abstract boolean withinPlan();

    /**
     * Allocates what it needs at one meeting.
     *
     * @param parts   those of one plan
     * @param segment the meeting is behind it
     */
    abstract Meeting meeting(List<GroupLayers> parts, int segment);

    /** Forgets what is under way, after a failure. */
    void clear() {
    }

    /** One meeting of the parts of a plan with each other or with those of other plans. */
    interface Meeting {

        /** On the way forward: from each part's own maps to those that each sees. */
        void gather(Chain chain);

        /**
         * On the way back: hands over what others need. The arrays stay as they are until {@link #receive}.
         *
         * @param gradients by the maps that each part of the plan sees
         */
        void send(Chain chain, List<FloatArray> gradients);

        /**
         * On the way back: what each part has itself, and what the others have sent, make the gradient by its own maps.
         *
         * @param gradients the same as at {@link #send}
         * @param sums      get the gradient by each part's own maps
         */
        void receive(Chain chain, List<FloatArray> gradients, List<FloatArray> sums);
    }
}
