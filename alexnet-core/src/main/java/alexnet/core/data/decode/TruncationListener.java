package alexnet.core.data.decode;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Notices a JPEG whose pixels end too early. */
final class TruncationListener implements IIOReadWarningListener {

    boolean found;

    /**
     * Of any release of libjpeg: that pixels end too early, so that the rest is grey. What else it warns of, such as a missing end marker
     * behind complete pixels, does no harm.
     */
    @Override
    public void warningOccurred(ImageReader source, String warning) {
        found |= warning.contains("premature end of data segment") || warning.contains("found marker 0xd9 instead of RST");
    }
}
