package alexnet.runner;

import alexnet.core.network.Initialization;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import picocli.CommandLine.Option;

/** What of the network is chosen by options; fields are called as in {@link alexnet.core.network.NetworkOptions}. */
@Section("Network")
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
final class NetworkFlags {

    @Option(names = "--init", paramLabel = "NAME", description = "How weights start: ${COMPLETION-CANDIDATES}.")
    Initialization initialization;

    @Option(names = "--init-bias", paramLabel = "B",
            description = "Start of the biases that the paper starts at one (conv2, conv4, conv5, fc6, fc7). Default: 1; with --init kaiming or pytorch 0, with caffe 0.1.")
    Double initBias;

    @Option(names = "--lrn-n", paramLabel = "N", description = "Maps in a sum of the local response normalisation, an odd number.")
    private Integer lrnN;

    @Option(names = "--lrn-alpha", paramLabel = "ALPHA", description = "Factor of that sum.")
    private Double lrnAlpha;

    @Option(names = "--lrn-alpha-over-n", arity = "0..1", fallbackValue = "true", paramLabel = "true|false",
            description = "Divide alpha by n, as the authors' program and Caffe do.")
    private Boolean lrnAlphaOverN;

    @Option(names = "--lrn-beta", paramLabel = "BETA", description = "Power of the normalisation.")
    private Double lrnBeta;

    @Option(names = "--lrn-k", paramLabel = "K", description = "What is added to the sum.")
    private Double lrnK;
}
