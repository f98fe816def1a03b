package alexnet.kernels;

/** Parameters that are updated alike: each group has a learning rate and a weight decay of its own, see {@link Hyper}. */
public enum ParameterGroup {
    /** Of convolutions and fully connected layers. */
    WEIGHTS,
    /** Of the same layers; the authors' program and Caffe have them learn at twice the rate without decay. */
    BIASES
}
