package alexnet.core.run.sink;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever is in a configuration, it is read or refused in one line. */
class ConfigurationFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void configurationsAreReadOrRefused(byte[] bytes) throws IOException {
        try {
            ConfigurationFile.read(new ByteArrayInputStream(bytes), "a.yaml").forEach((key, value) -> {
                assertFalse(key.contains("-"), key);
                assertFalse(value.isEmpty(), key);
            });
        } catch (ConfigurationFile.DamagedException refused) {
            assertTrue(refused.getMessage().startsWith("a.yaml"), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        }
    }
}
