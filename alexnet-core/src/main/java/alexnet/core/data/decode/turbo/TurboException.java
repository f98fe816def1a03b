package alexnet.core.data.decode.turbo;

import java.io.IOException;

/** What the library refuses; the message is its own. */
public final class TurboException extends IOException {

    TurboException(String message) {
        super(message);
    }
}
