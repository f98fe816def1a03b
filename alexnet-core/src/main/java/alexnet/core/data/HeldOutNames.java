package alexnet.core.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Which images of a set without a validation half are held out for validation, by nothing but their names: of a class of {@code n}
 * images the {@code round(share n)} whose names have the smallest hashes, at least one and at most {@code n - 1}. No image is read.
 */
public final class HeldOutNames {

    /** The share of each class that is held out where nobody says. */
    public static final double SHARE = 0.2;

    private HeldOutNames() {
    }

    /**
     * Chooses them.
     *
     * @param size  images there are
     * @param label the class of each
     * @param name  what each is called
     */
    public static BitSet of(int size, IntUnaryOperator label, IntFunction<String> name, double share) {
        long[] hashes = new long[size];
        int[] counts = new int[1];
        for (int i = 0; i < size; i++) {
            hashes[i] = hash(name.apply(i));
            int of = label.applyAsInt(i);
            counts = of < counts.length ? counts : Arrays.copyOf(counts, Math.max(of + 1, 2 * counts.length));
            counts[of]++;
        }
        long[][] byClass = new long[counts.length][];
        int[] filled = new int[counts.length];
        for (int i = 0; i < size; i++) {
            int of = label.applyAsInt(i);
            if (byClass[of] == null) {
                byClass[of] = new long[counts[of]];
            }
            byClass[of][filled[of]++] = hashes[i];
        }
        BitSet heldOut = new BitSet(size);
        for (long[] all : byClass) {
            if (all != null) {
                Arrays.sort(all);
            }
        }
        for (int i = 0; i < size; i++) {
            long[] all = byClass[label.applyAsInt(i)];
            int count = count(all.length, share);
            heldOut.set(i, count > 0 && hashes[i] <= all[count - 1]);
        }
        return heldOut;
    }

    /** How many of a class. */
    public static int count(int images, double share) {
        return images < 2 ? 0 : (int) Math.clamp(Math.round(share * images), 1, images - 1L);
    }

    /** What the user is told. */
    public static String note(int heldOut, int all, double share) {
        return String.format(Locale.ROOT, "%d of %d images held out for validation, %.0f %% of each class", heldOut, all, 100 * share);
    }

    private static long hash(String name) {
        return ByteBuffer.wrap(Sha256.digest().digest(Names.composed(name).getBytes(StandardCharsets.UTF_8))).getLong();
    }
}
