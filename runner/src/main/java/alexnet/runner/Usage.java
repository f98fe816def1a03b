package alexnet.runner;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What is wrong with a command line, beyond what picocli sees by itself. */
final class Usage {

    private Usage() {
    }

    /** To be thrown: {@code message} names the option and what it may be. */
    static ParameterException mistake(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * Makes sure that a condition on the options holds.
     *
     * @throws ParameterException with {@code mistake} if it doesn't
     */
    static void require(CommandSpec spec, boolean holds, String mistake) {
        if (!holds) {
            throw mistake(spec, mistake);
        }
    }
}
