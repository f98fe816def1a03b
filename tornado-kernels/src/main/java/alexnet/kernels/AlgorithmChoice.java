package alexnet.kernels;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which of a family's algorithms computes a pass. The first that fits of the family's list does; the last one fits everything. */
public enum AlgorithmChoice {
    /** Any of those that pay. */
    AUTO,
    /** Of these only the direct ones. */
    DIRECT,
    /** Winograd's wherever it supports the shape, whether it pays or not; elsewhere as {@link #DIRECT}. */
    WINOGRAD;

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The algorithm. */
    public <S, A extends Algorithm<S>> A of(List<A> algorithms, Pass pass, S shape) {
        Predicate<A> pays = algorithm -> algorithm.pays(pass, shape);
        Stream<Predicate<A>> preferences = switch (this) {
            case AUTO -> Stream.of(pays);
            case DIRECT -> Stream.of(pays.and(Algorithm::direct));
            case WINOGRAD -> Stream.of(algorithm -> !algorithm.direct(), pays);
        };
        return preferences.flatMap(preference -> algorithms.stream()
                        .filter(algorithm -> algorithm.supports(pass, shape)).filter(preference))
                .findFirst().orElseThrow(() -> new IllegalStateException("no algorithm for " + pass + " of " + shape));
    }
}
