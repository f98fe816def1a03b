package alexnet.runner;

import java.io.PrintWriter;

import alexnet.core.device.DeviceException;

/** Tells the user why a command failed: one line for what the user can mend, a stack trace for what only we can. */
final class Failures {

    private Failures() {
    }

    /** Prints the failure and says how the process ends. */
    static ExitCode report(Throwable failure, PrintWriter err, boolean stackTrace) {
        ExitCode code = codeOf(failure);
        if (code == ExitCode.INTERNAL) {
            err.println("alexnet: unexpected failure: " + failure
                    + (stackTrace ? "" : "; --stacktrace shows where it happened"));
        } else {
            err.println("alexnet: " + failure.getMessage());
        }
        if (stackTrace) {
            failure.printStackTrace(err);
        }
        return code;
    }

    private static ExitCode codeOf(Throwable failure) {
        return switch (failure) {
            case DeviceException _ -> ExitCode.RUNTIME;
            default -> ExitCode.INTERNAL;
        };
    }
}
