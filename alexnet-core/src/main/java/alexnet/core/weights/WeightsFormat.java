package alexnet.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A format that weights come in. */
public interface WeightsFormat {

    /** Bytes of a file that are looked at to recognise it. */
    int HEAD = 1 << 16;

    /** What users call it. */
    String name();

    /**
     * Whether a file is of this format, or would be if it were whole.
     *
     * @param head the file's first bytes, at most {@link #HEAD}
     * @param size of the whole file
     */
    boolean recognises(ByteBuffer head, long size);

    /**
     * Opens a file that it has recognised, without reading its tensors.
     *
     * @throws alexnet.core.checkpoint.CheckpointException in one line, naming the file, if it is damaged or holds what is not allowed
     * @throws IOException if it cannot be read
     */
    WeightsFile open(Path file) throws IOException;
}
