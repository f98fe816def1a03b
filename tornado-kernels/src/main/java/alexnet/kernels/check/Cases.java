package alexnet.kernels.check;

import java.util.List;
import java.util.stream.Stream;

/** The one table of cases: every operation on odd sizes, both channel groups, all options, small enough to run at once. */
public final class Cases {

    private Cases() {
    }

    /** All cases. */
    public static List<Case> all() {
        return Stream.of(ConvolutionCases.all(), FullyConnectedCases.all(), PoolingCases.all(), NormalizationCases.all(),
                SoftmaxCases.all(), ElementCases.all()).flatMap(cases -> cases).toList();
    }
}
