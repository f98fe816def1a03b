package alexnet.core.data.imitation;

import java.io.IOException;

/**
 * An image of the set, which is made when it is asked for.
 *
 * @param split      {@code train} or {@code val}
 * @param name       as ILSVRC's files are called, without extension
 * @param label      the rank of its class among the sorted WNIDs
 * @param kind       of file
 * @param photograph what it shows
 */
public record Sample(String split, String name, int label, Kind kind, byte[] photograph) {

    /** Its file. */
    public byte[] bytes() throws IOException {
        return kind.file(photograph, name);
    }
}
