package alexnet.core.data.decode;

/** The same by libjpeg-turbo. */
class JudgedPicturesByTurboTest extends JudgedPicturesTest {

    @Override
    JpegLibrary library() {
        return JpegLibrary.TURBO;
    }
}
