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

    /**
     * Makes sure that the number that an option was given is not too small.
     *
     * @throws ParameterException if it is
     */
    static void requireAtLeast(CommandSpec spec, String option, int number, int least) {
        require(spec, number >= least, option + " is " + number + ", must be at least " + least);
    }

    /**
     * Makes sure that the number that an option was given is one of a range, whose ends belong to it.
     *
     * @throws ParameterException if it is not
     */
    static void requireWithin(CommandSpec spec, String option, int number, int least, int most) {
        require(spec, number >= least && number <= most, option + " is " + number + ", must be " + least + " to " + most);
    }
}
