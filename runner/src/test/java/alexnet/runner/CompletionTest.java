package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bash and zsh make of the script that {@code completion} prints, in a folder with a file and a folder. */
class CompletionTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void printTheScript() throws IOException {
        Execution printed = Execution.of("completion", "bash");
        assertEquals(0, printed.code(), printed.err());
        assertEquals(printed.out(), Execution.of("completion", "zsh").out());
        Files.writeString(folder.resolve("script"), printed.out());
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.createFile(work.resolve("a file.safetensors"));
        Files.createDirectories(work.resolve("afolder"));
        Files.createFile(work.resolve("b c.jpg"));
    }

    private static String shell(String program, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program, "-c", script).directory(folder.resolve("work").toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    /** The completions of the last of the words, in which '_' stands for nothing yet. */
    private static String bash(String words) throws IOException, InterruptedException {
        String array = Arrays.stream(words.split(" ")).map(word -> "'" + word.replace("_", "") + "'").collect(Collectors.joining(" "));
        // compopt is for completions that readline asks for.
        String out = shell("bash", "compopt() { :; }; source ../script; COMP_WORDS=(" + array + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                + " COMP_LINE=\"${COMP_WORDS[*]}\"; _complete_alexnet; printf '%s\\n' \"${COMPREPLY[@]}\"");
        return out.lines().sorted().collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "alexnet tra | train",
        "alexnet --runtime jvm pre | predict,prepare",
        "alexnet prepare --encoding _ | jpeg,raw",
        "alexnet prepare --resize _ | cover,squash",
        "alexnet --runtime _ | jvm,tornado",
        "alexnet train --backends _ | cuda,opencl,ptx",
        "alexnet train --show | --show-command",
        "alexnet train --lr-sch | --lr-scheduler",
        "alexnet train --lr-scheduler _ | constant,cosine,multistep,plateau,step",
        "alexnet train --init _ | architecture,authors,caffe,kaiming,paper,pytorch",
        "alexnet train --recipe _ | authors,caffe,paper",
        "alexnet train --resize _ | cover,squash",
        "alexnet train --lr-scheduler = co | constant,cosine",
        "alexnet train --lr-scheduler = | constant,cosine,multistep,plateau,step",
        "alexnet train -a _ | a file.safetensors,afolder,alexnet,alexnet-caffe,alexnet-owt,alexnet-small,b c.jpg,caffenet",
        "alexnet train --resume _ | a file.safetensors,afolder,auto,b c.jpg",
        "alexnet train --resume au | auto",
        "alexnet train --output _ | afolder",
        "alexnet train --data _ | afolder,fashion-mnist,food-photographs",
        "alexnet train --live --qui | --quiet",
        "alexnet test --views _ | 1,10",
        "alexnet test --model a | a file.safetensors,afolder",
        "alexnet predict --model x --top 1 a | a file.safetensors,afolder",
        "alexnet export --format _ | onnx,safetensors",
        "alexnet export --output a | a file.safetensors,afolder",
        "alexnet export --names _ | alexnet,torchvision",
        "alexnet import --resize _ | cover,squash",
        "alexnet import --as alexnet-c | alexnet-caffe",
        "alexnet import --classes a | a file.safetensors,afolder",
        "alexnet import a | a file.safetensors,afolder",
        "alexnet info a | a file.safetensors,afolder",
        "alexnet bench _ | data,kernels,network",
        "alexnet bench network --peer _ | dl4j,onnxruntime,python-torch,pytorch",
        "alexnet bench network --pass _ | forward,training",
        "alexnet completion _ | bash,zsh"})
    void bashCompletesTheLastWord(String words, String completions) throws Exception {
        assertEquals(completions, bash(words));
    }

    @Test
    void everyOptionIsOffered() throws Exception {
        for (String command : List.of("prepare", "train", "test", "predict", "export", "import", "info", "verify", "report")) {
            TreeSet<String> options = new TreeSet<>();
            Main.commandLine(new java.io.StringWriter(), new java.io.StringWriter()).getSubcommands().get(command).getCommandSpec().options().stream()
                    .filter(option -> !option.hidden()).forEach(option -> options.addAll(Arrays.asList(option.names())));
            options.removeIf(name -> !name.startsWith("--"));
            options.addAll(List.of("--runtime", "--backends", "--show-command"));
            assertEquals(String.join(",", options), bash("alexnet " + command + " --"), command);
        }
    }

    @Test
    void theLauncherIsCompletedUnderAnyPath() throws Exception {
        assertTrue(shell("bash", "source ../script; complete -p alexnet").contains("-F _complete_alexnet alexnet"));
    }

    /** Types a line and Tab in zsh, on a terminal of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"alexnet tra | alexnet train", "scripts/alexnet train --lr-sch | scripts/alexnet train --lr-scheduler",
        "alexnet train --resume au | alexnet train --resume auto", "alexnet train --resume=au | alexnet train --resume=auto",
        "alexnet predict --model x b | alexnet predict --model x b\\ c.jpg", "scripts/alexnet --runtime to | scripts/alexnet --runtime tornado"})
    void zshCompletesTheLastWord(String typed, String line) throws Exception {
        assumeTrue(isThere("zsh"), "zsh is not installed (Debian: apt-get install zsh)");
        Files.writeString(folder.resolve("setup"), """
                PS1=
                source ../script
                show() { print -r -- "<<$BUFFER>>" }
                zle -N show
                bindkey '^X' show
                print ready
                """);
        String out = shell("zsh", """
                zmodload zsh/zpty
                zpty z zsh -f -i
                zpty -w z 'source ../setup'
                zpty -r -m z x '*ready*'
                zpty -n -w z '%s'$'\\t\\x18'
                zpty -r -m z x '*>>*'
                print -r -- $x
                """.formatted(typed));
        assertEquals(line, out.replaceAll("(?s).*<<|\\s*>>.*", "").strip(), out);
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }
}
