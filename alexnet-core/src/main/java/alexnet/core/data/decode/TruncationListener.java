package alexnet.core.data.decode;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Notices a JPEG whose pixels end too early. */
final class TruncationListener implements IIOReadWarningListener {

    boolean found;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        found |= tellsTruncation(warning);
    }

    /**
     * Whether a warning of libjpeg, of any release, says that pixels end too early: the rest is grey then. What else it warns of, such as a
     * missing end marker behind complete pixels, does no harm.
     */
    static boolean tellsTruncation(String warning) {
        return warning.contains("premature end of data segment") || warning.contains("found marker 0xd9 instead of RST");
    }
}
