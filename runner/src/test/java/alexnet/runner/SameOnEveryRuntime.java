package alexnet.runner;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.DisabledIf;

/** Of tests whose commands do on TornadoVM what they do on the JVM, but only after kernels have been compiled for a long time: they are skipped there. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@DisabledIf(value = "alexnet.core.device.Devices#onTornado", disabledReason = "the command does the same on both runtimes, and the JVM is the fast one")
@interface SameOnEveryRuntime {
}
