package alexnet.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the project's scripts whose JDK, Maven and SDK only say how they are called. */
abstract class ProjectCopy {

    static final List<String> MODULES = List.of("tornado-jvm", "tornado-kernels", "alexnet-core", "mpi", "bench", "report", "runner");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of("awk", "bash", "cat", "dirname", "env", "find", "grep", "locale", "mkdir",
            "mv", "readlink", "rm", "sed", "tr");

    @TempDir
    Path folder;
    Path project;
    Path tools;
    final Map<String, String> environment = new HashMap<>();

    record Result(int code, String out, String err) {
    }

    @BeforeEach
    void copyTheProject() throws IOException {
        folder = folder.toRealPath();
        project = Files.createDirectories(folder.resolve("pro ject"));
        for (String module : MODULES) {
            Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.createFile(project.resolve(module).resolve("pom.xml"));
        }
        Files.copy(ROOT.resolve("pom.xml"), project.resolve("pom.xml"));
        Files.createDirectories(project.resolve("scripts"));
        for (String script : List.of("alexnet", "aot.sh", "environment.sh", "heap.options", "prepare-heap.options", "jvm.options", "test", "tornado.options",
                "tornadovm.sh")) {
            Files.copy(ROOT.resolve("scripts").resolve(script), project.resolve("scripts").resolve(script));
        }
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path there = Stream.of(System.getenv("PATH").split(":")).map(path -> Path.of(path, tool))
                    .filter(Files::isExecutable).findFirst().orElseThrow(() -> new IOException(tool + " is not on the PATH"));
            script(tools.resolve(tool), "exec " + there + " \"$@\"\n");
        }
        script(tools.resolve("mvn"), """
                echo "$JAVA_HOME" "${TORNADOVM_HOME:-}" "$@" >>'FOLDER/maven-calls'
                [[ ! -e 'FOLDER/broken' ]] || { echo 'a compile error'; exit 1; }
                """.replace("FOLDER", folder.toString()) + makesJars(project));
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("JAVA_HOME", jdk("25.0.1").toString());
    }

    /** What a Maven does that only makes empty jars. */
    static String makesJars(Path project) {
        return """
                for module in MODULES peers kernel-benchmarks; do
                  mkdir -p PROJECT/$module/target
                  : >PROJECT/$module/target/$module.jar
                done
                """.replace("MODULES", String.join(" ", MODULES)).replace("PROJECT", "'" + project.toString().replace("'", "'\\''") + "'");
    }

    static void script(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/bash\n" + text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path jdk(String version) throws IOException {
        Path jdk = folder.resolve("jdk-" + version);
        script(jdk.resolve("bin/javac"), "");
        script(jdk.resolve("bin/java"), """
                echo "WARNING: Using incubator modules: jdk.incubator.vector" >&2
                echo "a warning that matters" >&2
                printf '<%s>' "$@"
                [[ -z ${OMPI_COMM_WORLD_SIZE-}${PMI_SIZE-}${PMI_RANK-}${PMIX_RANK-} ]] || printf '<one of several>'
                [[ ! -e 'FOLDER/no cache' ]] || exit 1
                [[ $1 != -XX:AOTCacheOutput=* ]] || : >"${1#*=}"
                """.replace("FOLDER", folder.toString()));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    static Path sdk(Path sdk, String version) throws IOException {
        Path jars = Files.createDirectories(sdk.resolve("share/java/tornado"));
        Files.createFile(jars.resolve("tornado-api-" + version + ".jar"));
        Files.createFile(jars.resolve("tornado-drivers-opencl-" + version + ".jar"));
        Files.createDirectories(sdk.resolve("lib"));
        Files.createFile(sdk.resolve("lib").resolve(System.mapLibraryName("tornado-opencl")));
        return sdk;
    }

    Path sdkOfSdkman(String version) throws IOException {
        return sdk(folder.resolve("home/.sdkman/candidates/tornadovm/current"), version);
    }

    String requiredSdk() throws IOException {
        return Files.readString(project.resolve("pom.xml")).replaceAll("(?s).*<tornado.version>(.*)</tornado.version>.*", "$1");
    }

    Result launch(String... arguments) throws IOException, InterruptedException {
        return launch(project.resolve("scripts/alexnet"), folder, arguments);
    }

    Result launch(Path launcher, Path directory, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        // The program's standard error goes through a filter that may end after it. Java drops what a process' children
        // still write, so cat waits for the filter.
        List<String> command = Stream.concat(Stream.of("bash", "-o", "pipefail", "-c", "\"$@\" 2>&1 >'" + out + "' | cat", "launch",
                launcher.toString()), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String err = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), Files.readString(out), err);
    }

    int builds() throws IOException {
        Path calls = folder.resolve("maven-calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }
}
