package alexnet.kernels.host;

import java.util.Map;
import java.util.TreeMap;

/** What kernels that are compiled for it say that they have done, by kind, all threads together. */
public final class WorkCount {

    private static final Map<String, Long> COUNTS = new TreeMap<>();

    private WorkCount() {
    }

    /** Called by the changed kernels. */
    public static synchronized void add(String what, long numbers) {
        COUNTS.merge(what, numbers, Long::sum);
    }

    /** Forgets them. */
    static synchronized Map<String, Long> take() {
        Map<String, Long> counts = new TreeMap<>(COUNTS);
        COUNTS.clear();
        return counts;
    }
}
