package alexnet.core.data.decode;

/**
 * Arrays that one image after the other is read into. Used by the thread that took it until that closes it, for others to use.
 */
final class Workspace implements AutoCloseable {

    /** Two million pixels and more: larger arrays are garbage after use. */
    private static final int KEPT = 1 << 23;

    private static final Pool<Workspace> POOL = new Pool<>(Workspace::new);

    private byte[] planes = {};
    private byte[] narrowed = {};
    private byte[] plane = {};
    private int[] ints = {};

    static Workspace take() {
        return POOL.take();
    }

    /** For the pixels of a picture, with any content; at least so long. */
    byte[] planes(int length) {
        byte[] array = atLeast(length, planes);
        planes = array.length <= KEPT ? array : planes;
        return array;
    }

    /** For a channel of it that is narrowed already. */
    byte[] narrowed(int length) {
        byte[] array = atLeast(length, narrowed);
        narrowed = array.length <= KEPT ? array : narrowed;
        return array;
    }

    /** For a channel of the result. */
    byte[] plane(int length) {
        byte[] array = atLeast(length, plane);
        plane = array.length <= KEPT ? array : plane;
        return array;
    }

    /** For a row of sums, or some pixels. */
    int[] ints(int length) {
        if (ints.length < length) {
            ints = new int[length];
        }
        return ints;
    }

    private static byte[] atLeast(int length, byte[] array) {
        return array.length >= length ? array : new byte[length <= KEPT ? Math.max(length, Math.min(KEPT, 2 * array.length)) : length];
    }

    @Override
    public void close() {
        POOL.giveBack(this);
    }
}
