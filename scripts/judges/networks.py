"""The networks whose weights others published, with weights of judges.counter, which alexnet.core.weights.JudgedWeights makes in Java:

  weight i of tensor t   unit(SEED, purpose + t, i) * sqrt(6 / fan-in) * 2^-d, all in single precision: He et al.'s variance, with d = 4 in the conv3
                         of Caffe's networks, behind both normalisations, which brings the grey levels down to the scale of ones, else 0
  bias i of tensor t     (unit(SEED, purpose + t, i) / 8 - 1/4) * s, with s = 64 in conv1 and conv2 of Caffe's networks, else 1; without the
                         quarter in the last layer: with biases below zero what photographs lead to differs more
  mean of Caffe          104, 117, 123 of blue, green, red, + below(32, SEED, 650, i) - 16, [channel][row][column]

Tensors count from 0: the first layer's weight, its bias, the second layer's weight ... The purpose differs from network to network.
"""
import numpy
import torch
from torch.nn import functional

from judges.counter import below, unit

CLASSES = 1000
# Blue, green, red.
CAFFE_MEAN = (104, 117, 123)
STORED = 256

# Filters, channels that a filter sees, size, stride, padding, groups; units and inputs.
TORCHVISION = {
    "features.0": (64, 3, 11, 4, 2, 1), "features.3": (192, 64, 5, 1, 2, 1), "features.6": (384, 192, 3, 1, 1, 1),
    "features.8": (256, 384, 3, 1, 1, 1), "features.10": (256, 256, 3, 1, 1, 1),
    "classifier.1": (4096, 9216), "classifier.4": (4096, 4096), "classifier.6": (CLASSES, 4096),
}
CAFFE = {
    "conv1": (96, 3, 11, 4, 0, 1), "conv2": (256, 48, 5, 1, 2, 2), "conv3": (384, 256, 3, 1, 1, 1),
    "conv4": (384, 192, 3, 1, 1, 2), "conv5": (256, 192, 3, 1, 1, 2),
    "fc6": (4096, 9216), "fc7": (4096, 4096), "fc8": (CLASSES, 4096),
}
PURPOSES = {"torchvision": 500, "bvlc_alexnet": 600, "caffenet": 700}


def weights(network):
    """Its tensors by name, in order, numpy arrays of float32."""
    layers = TORCHVISION if network == "torchvision" else CAFFE
    large = () if network == "torchvision" else ("conv1", "conv2")
    tensors = {}
    for index, (name, layer) in enumerate(layers.items()):
        shape = (layer[0], layer[1], layer[2], layer[2]) if len(layer) > 2 else layer
        fan_in = int(numpy.prod(shape[1:]))
        smaller = 4 if name == "conv3" else 0
        scale = numpy.float32((6 / fan_in) ** 0.5) * numpy.float32(2.0 ** -smaller)
        purpose = PURPOSES[network] + 2 * index
        weight = unit(purpose, int(numpy.prod(shape))).astype(numpy.float32).reshape(shape)
        shift = 0 if index == len(layers) - 1 else 0.25
        bias = (unit(purpose + 1, shape[0]).astype(numpy.float32) / numpy.float32(8) - numpy.float32(shift)) * numpy.float32(64 if name in large else 1)
        tensors[name + ".weight"] = weight * scale
        tensors[name + ".bias"] = bias
    return tensors


def caffe_mean():
    """[blue, green, red][row][column], as Caffe's mean.binaryproto."""
    noise = below(32, 650, 3 * STORED * STORED).reshape(3, STORED, STORED) - 16
    return (noise + numpy.array(CAFFE_MEAN)[:, None, None]).astype(numpy.float32)


def caffe_logits(network, tensors, images):
    """PyTorch's logits in double precision, layer by layer as Caffe's prototxt has them; images [n][blue, green, red][227][227], less the mean."""
    tensors = {name: torch.tensor(tensor, dtype=torch.float64) for name, tensor in tensors.items()}
    x = torch.tensor(images, dtype=torch.float64)

    def normalized(maps):
        return functional.local_response_norm(maps, 5, 1e-4, 0.75, 1.0)

    def pooled(maps):
        return functional.max_pool2d(maps, 3, 2, ceil_mode=True)

    for name, layer in CAFFE.items():
        weight, bias = tensors[name + ".weight"], tensors[name + ".bias"]
        if len(layer) > 2:
            x = functional.relu(functional.conv2d(x, weight, bias, layer[3], layer[4], groups=layer[5]))
            if name in ("conv1", "conv2"):
                x = pooled(normalized(x)) if network == "bvlc_alexnet" else normalized(pooled(x))
            elif name == "conv5":
                x = pooled(x)
        else:
            x = functional.linear(x.flatten(1), weight, bias)
            x = x if name == "fc8" else functional.relu(x)
    return x.numpy()
