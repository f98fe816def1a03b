package alexnet.core.data.decode;

import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that run once by each decoder of JPEGs that is installed. */
@ParameterizedClass
@MethodSource("alexnet.core.data.decode.EachDecoder#installed")
abstract class EachDecoder {

    @Parameter
    JpegLibrary library;

    static Stream<JpegLibrary> installed() {
        return Stream.of(JpegLibrary.JAVA, JpegLibrary.TURBO).filter(each -> each == JpegLibrary.JAVA || JpegCodecs.turboVersion().isPresent());
    }

    @BeforeEach
    void choose() {
        JpegCodecs.use(library);
    }

    @AfterEach
    void leaveTheChoice() {
        JpegCodecs.use(JpegLibrary.AUTO);
    }
}
