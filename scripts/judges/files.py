"""The files that judge-weights writes, and what is to come out of each."""
from collections import OrderedDict
from typing import NamedTuple, Optional

import torch

from judges import caffe, networks, torchfiles


class Case(NamedTuple):
    """A file; which network it holds; how images are prepared for it; the options that import takes with it; what its weights were rounded to."""
    file: str
    network: str
    preparation: str
    options: tuple = ()
    precision: Optional[torch.dtype] = None


MEAN = ("--mean", "{folder}/mean.binaryproto")
CASES = [
    Case("alexnet-zip.pth", "torchvision", "torchvision"),
    Case("alexnet-legacy.pth", "torchvision", "torchvision"),
    Case("alexnet-0.1.pth", "torchvision", "torchvision"),
    Case("alexnet-model-module.pth", "torchvision", "torchvision"),
    Case("checkpoint.pth.tar", "torchvision", "torchvision"),
    Case("alexnet.safetensors", "torchvision", "torchvision"),
    Case("alexnet-half.pth", "torchvision", "torchvision", precision=torch.float16),
    Case("alexnet-f16.safetensors", "torchvision", "torchvision", precision=torch.float16),
    Case("alexnet-bf16.safetensors", "torchvision", "torchvision", precision=torch.bfloat16),
    Case("bvlc_alexnet-v1.caffemodel", "bvlc_alexnet", "cover, mean image", (*MEAN, "--resize", "cover")),
    Case("bvlc_alexnet-v2.caffemodel", "bvlc_alexnet", "squash, mean image", (*MEAN, "--resize", "squash")),
    Case("caffenet-v1.caffemodel", "caffenet", "squash, mean values", ("--resize", "squash")),
    Case("caffenet-v2.caffemodel", "caffenet", "cover, mean image", (*MEAN, "--resize", "cover")),
    Case("bvlcalexnet-9.onnx", "bvlc_alexnet", "cover, mean image", (*MEAN, "--resize", "cover")),
    Case("bvlcalexnet-12.onnx", "bvlc_alexnet", "squash, mean values", ("--resize", "squash")),
]


def write(folder):
    """Writes all of them, one after another."""
    state = OrderedDict((name, torch.tensor(values)) for name, values in networks.weights("torchvision").items())
    yield saved(state, folder / "alexnet-zip.pth")
    yield saved(state, folder / "alexnet-legacy.pth", False)
    torchfiles.old(state, folder / "alexnet-0.1.pth")
    yield folder / "alexnet-0.1.pth"
    yield saved({"model": OrderedDict(("module." + name, tensor) for name, tensor in state.items()), "epoch": 3, "args": None},
                folder / "alexnet-model-module.pth")
    # PyTorch's example of ImageNet puts but the convolutions of this network into DataParallel.
    parallel = OrderedDict((name.replace("features.", "features.module."), tensor) for name, tensor in state.items())
    yield saved({"epoch": 3, "arch": "alexnet", "state_dict": parallel, "best_acc1": torch.tensor(56.5)}, folder / "checkpoint.pth.tar", False)
    yield saved(OrderedDict((name, tensor.half()) for name, tensor in state.items()), folder / "alexnet-half.pth")
    for name, kind in (("alexnet", torch.float32), ("alexnet-f16", torch.float16), ("alexnet-bf16", torch.bfloat16)):
        file = folder / f"{name}.safetensors"
        torchfiles.safetensors({name: tensor.to(kind) for name, tensor in state.items()}, file)
        yield file
    for network in ("bvlc_alexnet", "caffenet"):
        tensors = networks.weights(network)
        (folder / f"{network}.prototxt").write_text(caffe.deploy(network))
        for form, legacy in (("v1", True), ("v2", False)):
            file = folder / f"{network}-{form}.caffemodel"
            with open(file, "wb") as output:
                output.writelines(caffe.model(network, tensors, legacy))
            yield file
        if network == "bvlc_alexnet":
            for opset, old in ((9, True), (12, False)):
                file = folder / f"bvlcalexnet-{opset}.onnx"
                file.write_bytes(caffe.onnx(tensors, raw=not old, listed=old))
                yield file
    mean = folder / "mean.binaryproto"
    mean.write_bytes(caffe.mean(networks.caffe_mean()))
    yield mean


def saved(content, file, zipped=True):
    torch.save(content, file, _use_new_zipfile_serialization=zipped)
    return file


def state_of(file):
    """torchvision's state dictionary of one of these files, without what wraps it."""
    content = torchfiles.read_safetensors(file) if file.suffix == ".safetensors" else torch.load(file)
    content = content.get("model", content.get("state_dict", content))
    return {name.replace("module.", ""): tensor for name, tensor in content.items()}
