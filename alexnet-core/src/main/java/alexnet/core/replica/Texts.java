package alexnet.core.replica;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What ranks tell each other in words. Collective, as the calls of {@link Replicas} are; for what fits into memory many times. Segments are
 * shared ones, as ranks may be threads.
 */
public final class Texts {

    private Texts() {
    }

    /** The first rank's text, on all of them; that of the others is not looked at. */
    public static String first(Replicas replicas, String own) {
        return new String(first(replicas, replicas.isFirst() ? own.getBytes(StandardCharsets.UTF_8) : new byte[0]), StandardCharsets.UTF_8);
    }

    /** The same of bytes. */
    public static byte[] first(Replicas replicas, byte[] own) {
        if (replicas.isAlone()) {
            return own;
        }
        int length = longest(replicas, replicas.isFirst() ? own.length : 0);
        if (length == 0) {
            return new byte[0];
        }
        try (Arena arena = Arena.ofShared()) {
            MemorySegment bytes = arena.allocate(length);
            if (replicas.isFirst()) {
                MemorySegment.copy(own, 0, bytes, ValueLayout.JAVA_BYTE, 0, length);
            }
            replicas.broadcast(bytes, 0);
            return bytes.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** The text of every rank, in their order. */
    public static List<String> gather(Replicas replicas, String own) {
        byte[] told = own.getBytes(StandardCharsets.UTF_8);
        int length = longest(replicas, told.length);
        if (length == 0) {
            return Collections.nCopies(replicas.size(), "");
        }
        try (Arena arena = Arena.ofShared()) {
            // A length, then the bytes.
            long room = Integer.BYTES + (long) length;
            MemorySegment segment = arena.allocate(room);
            segment.set(ValueLayout.JAVA_INT_UNALIGNED, 0, told.length);
            MemorySegment.copy(told, 0, segment, ValueLayout.JAVA_BYTE, Integer.BYTES, told.length);
            MemorySegment all = arena.allocate(room * replicas.size());
            replicas.gather(segment, all, room);
            List<String> texts = new ArrayList<>();
            for (int rank = 0; rank < replicas.size(); rank++) {
                MemorySegment text = all.asSlice(rank * room, room);
                texts.add(new String(text.asSlice(Integer.BYTES, text.get(ValueLayout.JAVA_INT_UNALIGNED, 0)).toArray(ValueLayout.JAVA_BYTE),
                        StandardCharsets.UTF_8));
            }
            return texts;
        }
    }

    private static int longest(Replicas replicas, int own) {
        long[] length = {own};
        replicas.maximum(length);
        return Math.toIntExact(length[0]);
    }
}
