package uk.ac.manchester.tornado.api.enums;

/** The kinds of device; those of this runtime are {@link #CPU}. */
public enum TornadoDeviceType {
    /** Not known. */
    UNKNOWN,
    /** Whatever the platform prefers. */
    DEFAULT,
    /** A host processor. */
    CPU,
    /** A graphics processor. */
    GPU,
    /** A field-programmable gate array. */
    FPGA,
    /** A dedicated accelerator. */
    ACCELERATOR,
    /** A device of another kind. */
    CUSTOM,
    /** Any kind. */
    ALL
}
