package alexnet.core.group;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

import alexnet.core.replica.Replicas;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Arrays of the host that all ranks have become one, piece by piece through memory outside the Java heap: one thread waits for no more
 * than a piece, and what carries them has no buffer for hundreds of megabytes. Of one thread.
 */
final class RankExchange {

    private static final int PIECE_BYTES = 32 << 20;

    private final Replicas replicas;
    private final int pieceBytes;
    private MemorySegment sent = MemorySegment.NULL;
    private MemorySegment received = MemorySegment.NULL;

    RankExchange(Replicas replicas) {
        this(replicas, PIECE_BYTES);
    }

    /**
     * One with smaller pieces.
     *
     * @param pieceBytes at most in what is sent, and in what comes of all ranks for it; a whole number of floats
     */
    RankExchange(Replicas replicas, int pieceBytes) {
        this.replicas = replicas;
        this.pieceBytes = pieceBytes;
    }

    /** {@code sums[i]} becomes the sum of all ranks' {@code own[i]}. */
    void sum(FloatArray own, FloatArray sums) {
        long bytes = own.getSegment().byteSize();
        for (long from = 0; from < bytes; from += pieceBytes) {
            long length = Math.min(pieceBytes, bytes - from);
            room(length, length);
            MemorySegment.copy(own.getSegment(), from, sent, 0, length);
            replicas.sum(sent.asSlice(0, length), received.asSlice(0, length), length / Float.BYTES);
            MemorySegment.copy(received, 0, sums.getSegment(), from, length);
        }
    }

    /**
     * Puts the images of all ranks side by side.
     *
     * @param own   {@code [rows][images]}, or longer
     * @param all   {@code [..][size * images]}, the ranks' images in their order
     * @param first the row of {@code all} that the first of these is
     */
    void gather(FloatArray own, int rows, int images, FloatArray all, int first) {
        int size = replicas.size();
        long row = (long) images * Float.BYTES;
        int piece = Math.toIntExact(Math.clamp(pieceBytes / (size * row), 1, rows));
        for (int from = 0; from < rows; from += piece) {
            int here = Math.min(piece, rows - from);
            long length = here * row;
            room(length, size * length);
            MemorySegment.copy(own.getSegment(), from * row, sent, 0, length);
            replicas.gather(sent.asSlice(0, length), received.asSlice(0, size * length), length);
            for (int r = 0; r < here; r++) {
                for (int rank = 0; rank < size; rank++) {
                    MemorySegment.copy(received, rank * length + r * row, all.getSegment(), ((long) (first + from + r) * size + rank) * row, row);
                }
            }
        }
    }

    private void room(long toSend, long toReceive) {
        sent = room(sent, toSend);
        received = room(received, toReceive);
    }

    private static MemorySegment room(MemorySegment segment, long bytes) {
        return segment.byteSize() >= bytes ? segment : Arena.ofAuto().allocate(bytes, Long.BYTES);
    }
}
