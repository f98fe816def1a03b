package alexnet.core.weights.caffe;


import java.util.List;

import alexnet.core.weights.protobuf.Message;

/** Files of Caffe as Caffe writes them. */
public final class CaffeFiles {

    private CaffeFiles() {
    }

    /** The networks of a few layers in all forms, and a mean image. */
    public static List<Message> all() {
        return List.of(network(CaffeDialect.V1), network(CaffeDialect.V2), blob(CaffeDialect.V1, 1, 3, 1, 2).floats(5, 1, 2, 3, 4, 5, 6));
    }

    /** A network of a few layers, with one tensor of each kind. */
    static Message network(CaffeDialect dialect) {
        Message network = new Message().text(1, "tiny");
        add(network, dialect, layer(dialect, "data", "Data")
                .message(parameters(CaffeParameters.TRANSFORMATION, dialect), new Message().integer(2, 1).integer(3, 227).text(4, "mean.binaryproto")));
        add(network, dialect, layer(dialect, "conv1", "Convolution").text(dialect.bottom, "data").text(dialect.top, "conv1")
                .message(dialect.blobs, blob(dialect, 2, 3, 1, 1).floats(5, 1, 2, 3, 4, 5, 6))
                .message(dialect.blobs, blob(dialect, 2).floats(5, 7, 8))
                .message(parameters(CaffeParameters.CONVOLUTION, dialect), new Message().integer(1, 2).integer(4, 1).integer(5, 1).integer(6, 4)
                        .message(7, new Message().text(1, "gaussian").real(6, 0.01f))));
        add(network, dialect, layer(dialect, "relu1", "ReLU"));
        add(network, dialect, layer(dialect, "pool1", "Pooling")
                .message(parameters(CaffeParameters.POOLING, dialect), new Message().integer(1, 0).integer(2, 3).integer(3, 2)));
        add(network, dialect, layer(dialect, "norm1", "LRN")
                .message(parameters(CaffeParameters.LRN, dialect), new Message().integer(1, 5).real(2, 1e-4f).real(3, 0.75f)));
        add(network, dialect, layer(dialect, "drop1", "Dropout").message(parameters(CaffeParameters.DROPOUT, dialect), new Message().real(1, 0.5f)));
        add(network, dialect, layer(dialect, "fc8", "InnerProduct")
                .message(dialect.blobs, blob(dialect, 1, 2).floats(5, 9, 10))
                .message(dialect.blobs, blob(dialect, 1).floats(5, 11)));
        return network;
    }

    private static void add(Message network, CaffeDialect dialect, Message layer) {
        network.message(dialect.layer, layer);
    }

    static int parameters(CaffeParameters parameters, CaffeDialect dialect) {
        return parameters.number(dialect);
    }

    /** A layer, its name and type. */
    static Message layer(CaffeDialect dialect, String name, String type) {
        Message layer = new Message().text(dialect.name, name);
        return switch (dialect) {
            case V1 -> layer.integer(dialect.type, switch (type) {
                case "Convolution" -> 4;
                case "Data" -> 5;
                case "Dropout" -> 6;
                case "InnerProduct" -> 14;
                case "LRN" -> 15;
                case "Pooling" -> 17;
                case "ReLU" -> 18;
                default -> throw new IllegalArgumentException(type);
            });
            case V2 -> layer.text(dialect.type, type);
        };
    }

    /** The shape of a tensor: four numbers in V1, the first of them 1 where there are fewer. */
    static Message blob(CaffeDialect dialect, long... shape) {
        Message blob = new Message();
        if (dialect == CaffeDialect.V2) {
            return blob.message(7, new Message().integers(1, shape));
        }
        long[] four = {1, 1, 1, 1};
        System.arraycopy(shape, 0, four, 4 - shape.length, shape.length);
        for (int i = 0; i < 4; i++) {
            blob.integer(i + 1, four[i]);
        }
        return blob;
    }
}
