package alexnet.core.data.decode;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that run once by each decoder of JPEGs: by Java's, and in a subclass of their own by libjpeg-turbo, where that is installed. */
abstract class EachDecoder {

    JpegLibrary library() {
        return JpegLibrary.JAVA;
    }

    @BeforeEach
    void choose() {
        assumeTrue(library() == JpegLibrary.JAVA || JpegCodecs.turboVersion().isPresent(), "libjpeg-turbo is not installed");
        JpegCodecs.use(library());
    }

    @AfterEach
    void leaveTheChoice() {
        JpegCodecs.use(JpegLibrary.AUTO);
    }
}
