package alexnet.bench;

/**
 * What devices can do at best, all of them at once.
 *
 * @param gflops             multiply-adds that are all in registers, 10^9 operations a second, two a multiply-add
 * @param gigabytesPerSecond {@code a[i] = b[i] + s * c[i]} over arrays that no cache holds, 12 bytes an element
 */
public record Limits(double gflops, double gigabytesPerSecond) {

    /** The better of each. */
    public Limits best(Limits other) {
        return new Limits(Math.max(gflops, other.gflops), Math.max(gigabytesPerSecond, other.gigabytesPerSecond));
    }
}
