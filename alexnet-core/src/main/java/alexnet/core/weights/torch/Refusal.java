package alexnet.core.weights.torch;

import java.nio.file.Path;

import alexnet.core.checkpoint.CheckpointException;

/**
 * Says what is wrong with a file.
 *
 * @param file that is read
 */
record Refusal(Path file) {

    /** Of a file that no program wrote so. */
    CheckpointException damaged(String what) {
        return new CheckpointException(file + " is damaged: " + what);
    }

    /** Of a file that may be whole, but is not for us; {@code what} goes on where the file's name ends. */
    CheckpointException of(String what) {
        return new CheckpointException(file + " " + what);
    }

    void require(boolean condition, String otherwise) {
        if (!condition) {
            throw damaged(otherwise);
        }
    }
}
