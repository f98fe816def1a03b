package alexnet.core.data.decode;

import java.util.Locale;

/** What reads and writes JPEGs. */
public enum JpegLibrary {
    /** libjpeg-turbo where it is installed, else the JDK's. */
    AUTO,
    /** libjpeg-turbo. What it cannot read, the JDK's may. */
    TURBO,
    /** The JDK's. */
    JAVA;

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
