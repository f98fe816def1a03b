package alexnet.runner;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** How the program, or scripts/alexnet before it, ends. */
enum ExitCode {
    OK(0, "all went well"),
    INTERNAL(1, "an unexpected failure, also of the build"),
    USAGE(2, "the command line is wrong"),
    DATA(3, "the images, or some of those to predict, cannot be used"),
    MODEL(4, "the checkpoint cannot be used, or does not fit"),
    RUNTIME(5, "a device, a runtime or a tool to start with is missing or fails"),
    OUTPUT(6, "the results cannot be written"),
    MEMORY(7, "there is too little memory"),
    DIVERGED(8, "the training diverged"),
    WRONG(9, "verify: a kernel or a gradient is wrong, or the device refuses a kernel; bench: a peer computes another network"),
    INTERRUPTED(130, "interrupted, as by Ctrl-C");

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

    /** Every code with its meaning, as picocli's help lists them. */
    static Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        for (ExitCode exit : values()) {
            list.put(String.valueOf(exit.code), exit.meaning);
        }
        return list;
    }
}
