package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

import org.junit.jupiter.api.Test;

import alexnet.kernels.DriverErrors;
import alexnet.kernels.portable.PortableKernels;

class VerificationTest {

    private static Case copy(Case.Check check) {
        return new Case("copy", "length 1", 1, check);
    }

    private static List<Comparison> difference(double difference) {
        return List.of(Comparison.of("target", new double[] {1}, _ -> 1 + difference, Tolerance.ofRoundings(1, new double[] {1})));
    }

    private static Verification verify(Case... cases) {
        return Verification.of(new PortableKernels(), "copy", List.of(cases), null, _ -> true).getFirst();
    }

    @Test
    void aRefusedCaseFailsAndTheOthersGoOn() {
        Verification kernel = verify(
                copy((_, _) -> {
                    throw new IllegalStateException("no such instruction");
                }),
                copy((_, _) -> {
                    throw new LinkageError("an error, as TornadoVM's compilers throw");
                }),
                copy((_, _) -> difference(0)));
        assertFalse(kernel.passed());
        assertEquals(3, kernel.outcomes().size());
        assertEquals(kernel.outcomes().subList(0, 2), kernel.failures());
        assertEquals(Optional.of("no such instruction"), kernel.failures().getFirst().refusal().map(Throwable::getMessage));
    }

    @Test
    void aCaseThatADriverRefusedFailsWhateverIsInItsOutput() {
        Queue<String> errors = new ArrayDeque<>();
        DriverErrors.listen(() -> Optional.ofNullable(errors.poll()));
        try {
            Verification kernel = verify(
                    copy((_, _) -> {
                        errors.add("cuLaunchKernel -> Returned: 701");
                        return difference(0);
                    }),
                    copy((_, _) -> difference(0)));
            assertEquals(kernel.outcomes().subList(0, 1), kernel.failures());
            assertEquals(Optional.of("a device refused to compute: cuLaunchKernel -> Returned: 701"),
                    kernel.failures().getFirst().refusal().map(Throwable::getMessage));
        } finally {
            DriverErrors.listen(Optional::empty);
        }
    }

    @Test
    void withoutMemoryNothingGoesOn() {
        assertThrows(OutOfMemoryError.class, () -> verify(copy((_, _) -> {
            throw new OutOfMemoryError();
        })));
    }

    @Test
    void theWorstArrayIsTheOneClosestToItsTolerance() {
        Verification kernel = verify(copy((_, _) -> difference(0)), copy((_, _) -> difference(0x1p-25)), copy((_, _) -> difference(0x1p-26)));
        assertTrue(kernel.passed());
        assertEquals(0.5, kernel.worst().orElseThrow().share(), 1e-6);
    }

    @Test
    void onlyCasesOfTheOperationRun() {
        assertEquals(List.of(), Verification.of(new PortableKernels(), "add", List.of(copy((_, _) -> difference(0))), null, _ -> true));
    }

    @Test
    void algorithmsAreKernelsOfTheirOwn() {
        Case check = new Case("copy", "length 1", 1, _ -> List.of(new Case.Way("backwards", _ -> difference(0)),
                new Case.Way("forwards", _ -> difference(1))));
        List<Verification> kernels = Verification.of(new PortableKernels(), "copy", List.of(check, copy((_, _) -> difference(0))), null,
                _ -> true);
        assertEquals(List.of("copy/backwards", "copy/forwards", "copy"), kernels.stream().map(Verification::kernel).toList());
        assertEquals(List.of(true, false, true), kernels.stream().map(Verification::passed).toList());
        assertEquals(List.of("copy/forwards"), Verification.of(new PortableKernels(), "copy", List.of(check), null, "forwards"::equals)
                .stream().map(Verification::kernel).toList());
    }
}
