package alexnet.report.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps of many images those that lie nearest to a few, so that no others need to be kept. */
final class NearestNeighbours {

    /** @param distance Euclidean */
    record Near(int image, double distance) {
    }

    private static final Comparator<Near> NEAREST_FIRST = Comparator.comparing(Near::distance).thenComparing(Near::image);

    private final List<float[]> queries;
    private final int count;
    private final List<PriorityQueue<Near>> kept = new ArrayList<>();

    /**
     * @param queries features of the images whose neighbours are sought
     * @param count   neighbours of each
     */
    NearestNeighbours(List<float[]> queries, int count) {
        this.queries = List.copyOf(queries);
        this.count = count;
        queries.forEach(_ -> kept.add(new PriorityQueue<>(NEAREST_FIRST.reversed())));
    }

    /** Takes another image into account. */
    void offer(int image, float[] features) {
        for (int query = 0; query < queries.size(); query++) {
            PriorityQueue<Near> nearest = kept.get(query);
            nearest.add(new Near(image, distance(queries.get(query), features)));
            if (nearest.size() > count) {
                nearest.remove();
            }
        }
    }

    private static double distance(float[] some, float[] others) {
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            double difference = some[i] - others[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** The neighbours of a query, the nearest first. */
    List<Near> of(int query) {
        return kept.get(query).stream().sorted(NEAREST_FIRST).toList();
    }
}
