package alexnet.core.data.decode.turbo;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory outside the heap that is used again; what is larger than most is given back at once. */
final class Buffer {

    /** A photograph's file, or two million pixels. */
    private static final long KEPT = 1 << 23;
    private static final long ALIGNMENT = 64;

    private Arena arena;
    private MemorySegment memory = MemorySegment.NULL;

    /** So many bytes with any content, until the next call. */
    MemorySegment ofSize(long bytes) {
        if (bytes > memory.byteSize()) {
            long size = memory.byteSize();
            free();
            arena = Arena.ofShared();
            memory = arena.allocate(Math.max(bytes, Math.min(KEPT, 2 * size)), ALIGNMENT);
        }
        return memory.asSlice(0, bytes);
    }

    /** That the memory is no longer needed now. */
    void done() {
        if (memory.byteSize() > KEPT) {
            free();
        }
    }

    void free() {
        memory = MemorySegment.NULL;
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }
}
