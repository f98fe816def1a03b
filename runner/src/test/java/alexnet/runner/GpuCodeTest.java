package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.device.Devices;

/** What the assembler says of the GPU kernels, by scripts/judge-gpu-code; skipped where there is no assembler. */
class GpuCodeTest {

    private static final int MISSING = 5;

    @TempDir
    private Path folder;

    private record Judgement(int code, String said) {
    }

    @Test
    void noKernelKeepsAnythingInMemoryThatBelongsInARegister() throws Exception {
        assumeTrue(Devices.onTornado(), "only TornadoVM makes code for GPUs");
        Judgement judgement = judge("--verify", "--chips", "sm_75", "sm_90");
        assertEquals(0, judgement.code, judgement.said);
    }

    @Test
    void anArrayWithAnIndexOfRunTimeIsTold() throws Exception {
        Judgement judgement = judge("--code", kernel("ld.local.f32 %f1, [%rd5];").toString(), "--chips", "sm_90");
        assertEquals(1, judgement.code, judgement.said);
        assertTrue(judgement.said.contains("1 have stack or spills"), judgement.said);
    }

    @Test
    void aKernelWithoutAnArrayIsNotTold() throws Exception {
        Judgement judgement = judge("--code", kernel("mov.f32 %f1, 0f3F800000;").toString(), "--chips", "sm_90");
        assertEquals(0, judgement.code, judgement.said);
        assertTrue(judgement.said.contains("sm_90  indexed"), judgement.said);
    }

    /** A kernel that stores a number, which it gets by the instruction. */
    private Path kernel(String instruction) throws IOException {
        return Files.writeString(folder.resolve("kernels"), """
                .version 7.8
                .target sm_90
                .address_size 64
                .visible .entry indexed(.param .u64 where, .param .u64 index)
                {
                    .local .align 4 .b8 array[32];
                    .reg .f32 %%f<3>;
                    .reg .b64 %%rd<6>;
                    ld.param.u64 %%rd1, [where];
                    ld.param.u64 %%rd2, [index];
                    mov.u64 %%rd4, array;
                    add.u64 %%rd3, %%rd4, %%rd2;
                    mov.f32 %%f2, 0f40000000;
                    st.local.f32 [%%rd4], %%f2;
                    st.local.f32 [%%rd3+8], %%f2;
                    add.u64 %%rd5, %%rd3, %%rd2;
                    %s
                    st.global.f32 [%%rd1], %%f1;
                    ret;
                }
                """.formatted(instruction));
    }

    private static Judgement judge(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", Path.of("..", "scripts", "judge-gpu-code").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        int code = process.waitFor();
        assumeTrue(code != MISSING, said.strip());
        return new Judgement(code, said);
    }
}
