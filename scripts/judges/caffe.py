"""Caffe's files: models in both forms of its layers, prototxt, mean.binaryproto."""
import numpy

from judges.networks import CAFFE, CLASSES
from judges.protobuf import message, packed_varints

INPUT = 227
# V1's numbers of the kinds of layer.
KINDS = {"Convolution": 4, "Data": 5, "Dropout": 6, "InnerProduct": 14, "LRN": 15, "Pooling": 17, "ReLU": 18, "SoftmaxWithLoss": 21}
# The fields of their parameters: in V1, and since.
PARAMETERS = {"Convolution": (10, 106), "Dropout": (12, 108), "InnerProduct": (17, 117), "LRN": (18, 118), "Pooling": (19, 121)}


def layers(network):
    """Kind, name, bottom and top of each, as the published networks have them."""
    chain, bottom = [], "data"
    for name, layer in CAFFE.items():
        kind = "Convolution" if len(layer) > 2 else "InnerProduct"
        number = name[-1]
        chain.append((kind, name, bottom, name))
        bottom = name
        if name != "fc8":
            chain.append(("ReLU", "relu" + number, name, name))
        behind = {"conv1": ["norm", "pool"], "conv2": ["norm", "pool"], "conv5": ["pool"], "fc6": ["drop"], "fc7": ["drop"]}.get(name, [])
        for other in behind if network == "bvlc_alexnet" else reversed(behind):
            other_kind = {"norm": "LRN", "pool": "Pooling", "drop": "Dropout"}[other]
            top = name if other == "drop" else other + number
            chain.append((other_kind, other + number, bottom, top))
            bottom = top
    return chain


def blob(values, legacy):
    """Legacy blobs have four dimensions, 1 where there are fewer."""
    data = numpy.ascontiguousarray(values, numpy.float32).tobytes()
    if legacy:
        num, channels, height, width = (1,) * (4 - values.ndim) + values.shape
        return message(1, num, 2, channels, 3, height, 4, width, 5, data)
    return message(7, message(1, packed_varints(values.shape)), 5, data)


def parameter(kind, name):
    if kind == "Convolution":
        filters, _, size, stride, padding, groups = CAFFE[name]
        return message(1, filters, 3, padding, 4, size, 5, groups, 6, stride)
    return {"InnerProduct": lambda: message(1, CAFFE[name][0]), "Dropout": lambda: message(1, 0.5),
            "LRN": lambda: message(1, 5, 2, 1e-4, 3, 0.75), "Pooling": lambda: message(1, 0, 2, 3, 3, 2)}[kind]()


def model(network, tensors, legacy):
    """A caffemodel as training leaves it behind: with the layers of data and of the loss."""
    name, repeated = ("AlexNet" if network == "bvlc_alexnet" else "CaffeNet"), (2 if legacy else 100)
    chain = [("Data", "data", None, ["data", "label"]), *layers(network), ("SoftmaxWithLoss", "loss", ["fc8", "label"], "loss")]
    yield message(1, name)
    for kind, layer, bottom, top in chain:
        fields = [] if bottom is None else [2 if legacy else 3, bottom]
        fields += [3 if legacy else 4, top, 4 if legacy else 1, layer, 5 if legacy else 2, KINDS[kind] if legacy else kind]
        if layer in CAFFE:
            fields += [6 if legacy else 7, [blob(tensors[f"{layer}.{part}"], legacy) for part in ("weight", "bias")]]
        if kind in PARAMETERS:
            fields += [PARAMETERS[kind][0 if legacy else 1], parameter(kind, layer)]
        yield message(repeated, message(*fields))


def mean(values):
    return message(1, 1, 2, values.shape[0], 3, values.shape[1], 4, values.shape[2], 5, values.astype(numpy.float32).tobytes())


def deploy(network):
    """The prototxt that the network is used with."""
    parameters = {"LRN": "lrn_param { local_size: 5 alpha: 0.0001 beta: 0.75 }", "Pooling": "pooling_param { pool: MAX kernel_size: 3 stride: 2 }",
                  "Dropout": "dropout_param { dropout_ratio: 0.5 }", "ReLU": ""}
    text = f'name: "{"AlexNet" if network == "bvlc_alexnet" else "CaffeNet"}"\n'
    text += f'layer {{ name: "data" type: "Input" top: "data" input_param {{ shape: {{ dim: 1 dim: 3 dim: {INPUT} dim: {INPUT} }} }} }}\n'
    for kind, name, bottom, top in layers(network):
        if kind == "Convolution":
            filters, _, size, stride, padding, groups = CAFFE[name]
            own = f"convolution_param {{ num_output: {filters} kernel_size: {size} stride: {stride} pad: {padding} group: {groups} }}"
        elif kind == "InnerProduct":
            own = f"inner_product_param {{ num_output: {CAFFE[name][0]} }}"
        else:
            own = parameters[kind]
        text += f'layer {{ name: "{name}" type: "{kind}" bottom: "{bottom}" top: "{top}" {own} }}\n'
    return text


def onnx(tensors, raw, listed):
    """The ONNX zoo's bvlcalexnet: at 224, without conv1's padding. Old files keep floats one by one and list initializers as inputs."""
    def attribute(name, value):
        if isinstance(value, float):
            return message(1, name, 2, value, 20, 1)
        if isinstance(value, int):
            return message(1, name, 3, value, 20, 2)
        return message(1, name, 8, value, 20, 7)

    def node(kind, inputs, outputs, **attributes):
        return message(1, inputs, 2, outputs, 4, kind, 5, [attribute(*each) for each in attributes.items()])

    def floats(name, values):
        kind = numpy.float32 if raw or values.dtype == numpy.float32 else numpy.int64
        if values.dtype == numpy.int64:
            return message(1, packed_varints(values.shape), 2, 7, 8, name, 9 if raw else 7, values.tobytes() if raw else packed_varints(values))
        return message(1, packed_varints(values.shape), 2, 1, 8, name, 9 if raw else 4, numpy.ascontiguousarray(values, kind).tobytes())

    def value(name, shape, kind=1):
        return message(1, name, 2, message(1, message(1, kind, 2, message(1, [message(1, int(length)) for length in shape]))))

    def renamed(name):
        return name.replace(".weight", "_w_0").replace(".bias", "_b_0")

    nodes, bottom = [], "data_0"
    for kind, name, _, _ in layers("bvlc_alexnet"):
        top = name + "_1"
        if kind == "Convolution":
            _, _, size, stride, padding, groups = CAFFE[name]
            nodes.append(node("Conv", [bottom, name + "_w_0", name + "_b_0"], [top], group=groups, kernel_shape=[size, size],
                              pads=[padding] * 4, strides=[stride, stride]))
        elif kind == "ReLU":
            nodes.append(node("Relu", [bottom], [top]))
        elif kind == "LRN":
            nodes.append(node("LRN", [bottom], [top], size=5, alpha=1e-4, beta=0.75, bias=1.0))
        elif kind == "Pooling":
            # 54 maps' rows come to 27.
            pads = [0, 0, 1, 1] if name == "pool1" else [0, 0, 0, 0]
            nodes.append(node("MaxPool", [bottom], [top], kernel_shape=[3, 3], pads=pads, strides=[2, 2]))
        elif kind == "Dropout":
            nodes.append(node("Dropout", [bottom], [top]))
        else:
            if name == "fc6":
                nodes.append(node("Reshape", [bottom, "OC2_DUMMY_1"], ["OC2_DUMMY_0"]))
                bottom = "OC2_DUMMY_0"
            nodes.append(node("Gemm", [bottom, name + "_w_0", name + "_b_0"], [top], transB=1))
        bottom = top
    nodes.append(node("Softmax", [bottom], ["prob_1"], axis=1))
    initializers = {renamed(name): values for name, values in tensors.items()} | {"OC2_DUMMY_1": numpy.array([1, 9216])}
    inputs = [value("data_0", (1, 3, 224, 224))]
    if listed:
        inputs += [value(name, values.shape, 7 if values.dtype == numpy.int64 else 1) for name, values in initializers.items()]
    graph = message(1, nodes, 2, "bvlc_alexnet", 5, [floats(*each) for each in initializers.items()], 11, inputs,
                    12, [value("prob_1", (1, CLASSES))])
    return message(1, 3 if listed else 7, 2, "onnx-caffe2", 7, graph, 8, [message(1, "", 2, 9 if listed else 12)])
