package alexnet.runner;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** How the program, or scripts/alexnet before it, ends. */
enum ExitCode {
    OK(0, "all went well"),
    INTERNAL(1, "an unexpected failure, also of the build"),
    USAGE(2, "the command line is wrong, or others were started with another"),
    DATA(3, "the images, or some of those to predict, cannot be used"),
    MODEL(4, "the checkpoint cannot be used, or does not fit"),
    RUNTIME(5, "a device, a runtime or a tool to start with is missing or fails"),
    OUTPUT(6, "the results cannot be written"),
    MEMORY(7, "there is too little memory"),
    DIVERGED(8, "the training diverged"),
    WRONG(9, "verify: a kernel, a gradient or a step is wrong, or the device refuses a kernel; bench: a peer computes another network"),
    HANGS(10, "train: nothing went on for as long as --step-timeout allows, as when a device hangs"),
    RANKS(11, "train: another of the processes that mpirun has started has failed or cannot be reached, or MPI is missing or unfit"),
    INTERRUPTED(130, "interrupted, as by Ctrl-C; train writes a checkpoint first, prepare goes on when called again"),
    CLOSED(141, "whoever read the output stopped, as head does"),
    TERMINATED(143, "ended by SIGTERM, as by a scheduler; as if interrupted");

    /** What a shell adds to the number of the signal that ended a process. */
    private static final int SIGNAL = 128;

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** What the process exits with. */
    int code() {
        return code;
    }

    /** The one of a process that ended with {@code code}; the same program's, or else {@link #INTERNAL}. */
    static ExitCode of(int code) {
        return Stream.of(values()).filter(exit -> exit.code == code && exit != OK).findFirst().orElse(INTERNAL);
    }

    /** The one of a process that a signal ended. */
    static ExitCode ofSignal(int number) {
        return of(SIGNAL + number);
    }

    /**
     * Ends the process at once, whatever it is doing. Java's own ways wait until no thread runs Java code, and let drivers clean up,
     * which may never end where a device hangs.
     */
    void endNow() {
        Descriptors.call("_exit", code);
    }

    /** Every code with its meaning, as picocli's help lists them. */
    static Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        for (ExitCode exit : values()) {
            list.put(String.valueOf(exit.code), exit.meaning);
        }
        return list;
    }
}
