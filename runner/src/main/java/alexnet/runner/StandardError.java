package alexnet.runner;

/** Standard error as the operating system has it. */
final class StandardError {

    /** Names the descriptor of the real standard error, see {@link #reconnect()}. */
    static final String VARIABLE = "ALEXNET_STANDARD_ERROR";

    private StandardError() {
    }

    /**
     * Connects standard error to the descriptor that scripts/alexnet names in {@link #VARIABLE}, if it does:
     * until here the script has filtered what the JVM says while it boots.
     */
    static void reconnect() {
        String real = System.getenv(VARIABLE);
        if (real != null) {
            Descriptors.call("dup2", Integer.parseInt(real), Descriptors.ERR);
            Descriptors.call("close", Integer.parseInt(real));
        }
    }
}
