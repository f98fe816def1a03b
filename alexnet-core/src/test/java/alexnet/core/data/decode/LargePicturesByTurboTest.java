package alexnet.core.data.decode;

/** The same by libjpeg-turbo. */
class LargePicturesByTurboTest extends LargePicturesTest {

    @Override
    JpegLibrary library() {
        return JpegLibrary.TURBO;
    }
}
