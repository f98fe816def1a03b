package alexnet.core.data.shard;

import java.nio.file.Path;

import alexnet.core.data.DataException;

/** That a file of a prepared set is not what was written, and cannot be used. */
final class Damage {

    private Damage() {
    }

    /** Refuses a file for which something does not hold that does for every sound one. */
    static void require(Path file, boolean holds, String how) {
        if (!holds) {
            throw of(file, how);
        }
    }

    static DataException of(Path file, String how) {
        return of(file, how, null);
    }

    static DataException of(Path file, String how, Throwable cause) {
        return new DataException(file + " is damaged (" + how + "): prepare the set anew", cause);
    }
}
