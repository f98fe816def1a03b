package alexnet.kernels;

/**
 * One way to compute an operation of a family. Several ways to the same result differ in what they support, in speed, in the
 * memory that they work in and in how they round.
 *
 * @param <S> the record of the operation's shapes
 */
public interface Algorithm<S> {

    /** What users read of it: {@code direct}. */
    String name();

    /** The same, with what distinguishes how it computes a pass on that shape: {@code winograd F(5,3)}. */
    default String describe(Pass pass, S shape) {
        return name();
    }

    /** Whether it adds up the products of the operation's definition, so that it rounds as any such sum does. */
    default boolean direct() {
        return true;
    }

    /** Whether it can compute a pass on that shape. */
    boolean supports(Pass pass, S shape);

    /** Whether it is the one to take where several support a shape and nobody chooses, those before it in the family's list left aside. */
    default boolean pays(Pass pass, S shape) {
        return true;
    }

    /** How many numbers of the plan's workspace a pass takes, see {@link GraphBuilder#workspace}. */
    default int workspaceLength(Pass pass, S shape) {
        return 0;
    }
}
