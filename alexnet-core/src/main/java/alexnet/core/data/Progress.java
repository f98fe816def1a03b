package alexnet.core.data;

/** Hears how far a long piece of work is, from any thread, one call at a time. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress NONE = (_, _) -> { };

    /** {@code done} of {@code total} images are finished. */
    void report(int done, int total);
}
