package alexnet.bench;

import java.util.List;

/**
 * What came out of a contest.
 *
 * @param outcomes    of all who were measured
 * @param comparisons of every peer's logits with this program's
 */
public record Contest(List<Outcome> outcomes, List<Comparison> comparisons) {

    /** A peer, and how far its logits lie from this program's. */
    public record Comparison(String peer, Agreement agreement) {

        /** For people: that it computes the same, or that it was left out. */
        @Override
        public String toString() {
            return peer + (agreement.holds() ? " computes the same network: " : " computes another network and is not measured: ") + agreement;
        }
    }

    /** Whether nobody was left out. */
    public boolean isComplete() {
        return comparisons.stream().allMatch(comparison -> comparison.agreement.holds());
    }
}
