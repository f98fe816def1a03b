package alexnet.core.weights.caffe;

import java.util.List;

/** The two ways in which Caffe has written layers; the types of both go by the names of today. */
enum CaffeDialect {
    /** {@code layers}, 2013 and 2014: {@code V1LayerParameter}. */
    V1(2, 4, 5, 2, 3, 6, 1002),
    /** {@code layer}, since: {@code LayerParameter}. */
    V2(100, 1, 2, 3, 4, 7, 999);

    /** The type of a layer of V1, by the number that stands for it. */
    private static final List<String> TYPES = List.of("None", "Accuracy", "BNLL", "Concat", "Convolution", "Data", "Dropout", "EuclideanLoss",
            "Flatten", "HDF5Data", "HDF5Output", "Im2col", "ImageData", "InfogainLoss", "InnerProduct", "LRN", "MultinomialLogisticLoss",
            "Pooling", "ReLU", "Sigmoid", "Softmax", "SoftmaxWithLoss", "Split", "TanH", "WindowData", "Eltwise", "Power",
            "SigmoidCrossEntropyLoss", "HingeLoss", "MemoryData", "ArgMax", "Threshold", "DummyData", "Slice", "MVN", "AbsVal", "Silence",
            "ContrastiveLoss", "Exp", "Deconvolution");

    /** The field of a network that is a layer. */
    final int layer;
    /** The fields of a layer. */
    final int name;
    final int type;
    final int bottom;
    final int top;
    final int blobs;
    /** The largest number of a field of a layer; that of today leaves room for what others have added. */
    final int last;

    CaffeDialect(int layer, int name, int type, int bottom, int top, int blobs, int last) {
        this.layer = layer;
        this.name = name;
        this.type = type;
        this.bottom = bottom;
        this.top = top;
        this.blobs = blobs;
        this.last = last;
    }

    static String type(long number) {
        return number >= 0 && number < TYPES.size() ? TYPES.get((int) number) : "type " + number;
    }
}
