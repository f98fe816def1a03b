package alexnet.runner;

import java.util.List;

import alexnet.core.network.Architecture;
import alexnet.core.training.View;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a trained network is shown of each image. */
final class ViewOptions {

    private static final int CENTRE = 1;
    private static final int TEN = 10;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private int views = CENTRE;

    @Option(names = "--views", paramLabel = "1|10",
            description = "1 shows the network the centre crop; 10 the four corners, the centre and their mirror images, and"
                    + " averages what it says (paper, section 4.1). Default: " + CENTRE + ".")
    private void setViews(int number) {
        if (number != CENTRE && number != TEN) {
            throw Usage.mistake(spec, "--views is " + number + ", must be " + CENTRE + " or " + TEN);
        }
        views = number;
    }

    /** The views of an architecture's stored images. */
    List<View> of(Architecture architecture) {
        return views == CENTRE ? View.centre(architecture) : View.ten(architecture);
    }

    /** How many. */
    int number() {
        return views;
    }

    /** What a report calls them. */
    String name() {
        return views == CENTRE ? "centre crop" : views + " views";
    }
}
