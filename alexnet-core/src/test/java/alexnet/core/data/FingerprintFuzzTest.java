package alexnet.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever bytes a checkpoint has for its list of images, they are read or refused. */
class FingerprintFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void listsAreReadOrRefused(byte[] bytes) {
        try {
            Fingerprint read = Fingerprint.unpack(bytes);
            assertEquals(read, Fingerprint.unpack(read.pack()));
        } catch (IllegalArgumentException refused) {
            // As it should.
        }
    }
}
