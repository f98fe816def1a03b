package uk.ac.manchester.tornado.api.enums;

/** When an array is copied between host and device. */
public class DataTransferMode {

    /** To the device, once for each graph and plan: later writes of the host are not seen. */
    public static final int FIRST_EXECUTION = 0;

    /** To the device before, or to the host after, every execution of the graph. */
    public static final int EVERY_EXECUTION = 1;

    /** To the host, only when the result of an execution is asked for it. */
    public static final int UNDER_DEMAND = 2;
}
