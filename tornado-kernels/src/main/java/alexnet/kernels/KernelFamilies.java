package alexnet.kernels;

/** The kernel families, and which of them a device uses. */
public final class KernelFamilies {
    private KernelFamilies() {
    }
}
