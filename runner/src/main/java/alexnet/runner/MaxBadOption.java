package alexnet.runner;

import alexnet.core.data.MaxBad;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many images may be left out. */
@Section("Data")
final class MaxBadOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private MaxBad value = MaxBad.STANDARD;

    @Option(names = "--max-bad", paramLabel = "PERCENT",
            description = "Stop when more of the images than this cannot be read; up to " + MaxBad.FEW + " files are always left out and"
                    + " listed, unless this is 0. Default: 1.")
    private void set(String text) {
        double percent;
        try {
            percent = Double.parseDouble(text.replaceFirst("\\s*%$", ""));
        } catch (NumberFormatException e) {
            percent = Double.NaN;
        }
        Usage.require(spec, percent >= 0 && percent <= 100, "--max-bad is " + text + ", must be 0 to 100, a percentage");
        value = new MaxBad(percent / 100);
    }

    MaxBad value() {
        return value;
    }
}
