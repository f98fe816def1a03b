package alexnet.runner;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The program in a process of its own, on the runtime of this one. */
final class Child {

    /** What it printed and returned. */
    record Result(int code, String out, String err) {
    }

    private Child() {
    }

    /**
     * Runs it.
     *
     * @param script    of bash, which gets the command as {@code "$@"}
     * @param options   of java, after those of this process
     * @param arguments of the program
     */
    static Result run(String script, List<String> options, List<String> arguments) throws IOException, InterruptedException {
        return run(script, options, Main.class, arguments);
    }

    /** Runs it by another main class. */
    static Result run(String script, List<String> options, Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(script, options, main, arguments)).start();
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes());
            } catch (IOException failure) {
                return failure.toString();
            }
        });
        String out = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), out, err.join());
    }

    /** What runs it. */
    static List<String> command(String script, List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "child", Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
