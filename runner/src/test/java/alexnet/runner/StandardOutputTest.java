package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The program in processes of its own, whose standard output cannot be written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class StandardOutputTest {

    private Path images;
    private Path model;

    @BeforeAll
    void train(@TempDir Path folder) throws IOException {
        images = folder.resolve("images");
        TrainingTest.noise(images.resolve("bright"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
        Execution trained = Execution.of("train", "--data", images, "--architecture", "alexnet-small", "--epochs", 1, "--batch-size", 4,
                "--output", folder.resolve("run"));
        assertEquals(0, trained.code(), trained.err());
        model = folder.resolve("run/last.safetensors");
    }

    private List<String> arguments(String command) {
        return Stream.of(command.split(" ")).map(word -> word.replace("MODEL", model.toString()).replace("IMAGES", images.toString())).toList();
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX)
    @ValueSource(strings = {"devices", "--help", "train --help", "--version", "predict --model MODEL IMAGES", "predict --json --model MODEL IMAGES",
        "test --model MODEL --data IMAGES", "verify --kernels portable/add"})
    void whatCannotBeWrittenIsToldInOneLine(String command) throws Exception {
        Child.Result full = Child.run("\"$@\" >/dev/full", List.of(), arguments(command));
        assertEquals(ExitCode.OUTPUT.code(), full.code(), full.err());
        List<String> told = full.err().lines().filter(line -> line.startsWith("alexnet: ")).toList();
        assertEquals(List.of("alexnet: cannot write to standard output: No space left on device"), told, full.err());
        assertFalse(full.err().contains("\tat "), full.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices", "predict --model MODEL IMAGES", "predict --json --model MODEL IMAGES"})
    void aClosedPipeEndsTheProgramQuietly(String command) throws Exception {
        Child.Result closed = Child.run("\"$@\" | exit; exit ${PIPESTATUS[0]}", List.of(), arguments(command));
        assertEquals(ExitCode.CLOSED.code(), closed.code(), closed.err());
        assertFalse(closed.err().contains("alexnet: "), closed.err());
    }

    /** Takes so many lines and is closed then. */
    private static final class Head extends FilterWriter {

        private int lines;

        Head(int lines) {
            super(new StringWriter());
            this.lines = lines;
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            if (lines == 0) {
                throw new StandardOutput.Closed();
            }
            lines -= (int) text.substring(offset, offset + length).chars().filter(character -> character == '\n').count();
            super.write(text, offset, length);
        }

        @Override
        public String toString() {
            return out.toString();
        }
    }

    @Test
    void workEndsWithTheFirstImageThatNobodyReads() throws IOException {
        Path last = Files.writeString(images.resolve("dark/zzz.png"), "no image");
        try {
            Execution head = Execution.to(new Head(3), "predict", "--model", model, "--batch-size", 1, images);
            assertEquals(ExitCode.CLOSED.code(), head.code(), head.err());
            assertEquals(3, head.out().lines().count(), head.out());
            assertFalse(head.err().contains("zzz.png"), head.err());
        } finally {
            Files.delete(last);
        }
    }

    @Test
    void whatWasWrittenOfAJsonArrayUntilThenIsWhole() throws IOException {
        StringWriter written = new StringWriter();
        FilterWriter full = new FilterWriter(written) {

            @Override
            public void write(String text, int offset, int length) throws IOException {
                if (written.getBuffer().length() > 500) {
                    throw new OutputException("cannot write to standard output: No space left on device");
                }
                super.write(text, offset, length);
            }
        };
        TrainingTest.assertFails(ExitCode.OUTPUT, "standard output", Execution.to(full, "predict", "--json", "--model", model, images));
        assertTrue(new ObjectMapper().readTree(written + "]").size() > 1, written.toString());
    }

    @Test
    void numbersAreToldInOneFormWhateverTheLanguage() throws Exception {
        Child.Result arabic = Child.run("\"$@\"", List.of("-Duser.language=ar", "-Duser.country=EG"), arguments("test --model MODEL --data IMAGES"));
        assertEquals(0, arabic.code(), arabic.err());
        assertTrue(arabic.err().contains("the 4 of 20 images"), arabic.err());
        assertTrue(arabic.out().matches("(?s)top-1 \\d+\\.\\d+ %, .*"), arabic.out());
        assertTrue(arabic.out().codePoints().filter(Character::isDigit).allMatch(digit -> digit >= '0' && digit <= '9'), arabic.out());
    }
}
