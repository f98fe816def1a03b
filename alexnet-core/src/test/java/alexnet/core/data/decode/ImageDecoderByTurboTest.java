package alexnet.core.data.decode;

/** The same by libjpeg-turbo. */
class ImageDecoderByTurboTest extends ImageDecoderTest {

    @Override
    JpegLibrary library() {
        return JpegLibrary.TURBO;
    }
}
