package uk.ac.manchester.tornado.api.enums;

/** What kernels are compiled to; this runtime runs their bytecode and is {@link #JAVA}. */
public enum TornadoVMBackendType {
    /** OpenCL C. */
    OPENCL,
    /** Metal shading language. */
    METAL,
    /** CUDA C. */
    CUDA,
    /** Java bytecode. */
    JAVA,
    /** A device that only exists on paper. */
    VIRTUAL
}
