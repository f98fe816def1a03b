"""Small files of torch.save, of what there is in them beside a plain dictionary: what alexnet.core.weights.torch.TorchFilesTest reads.

Most values are steps of an eighth, which all types have exactly; a network's parameter i counts up from i.
"""
import collections
import pathlib

import torch

RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "alexnet-core/src/test/resources/alexnet/core/weights/torch"


def tensors():
    """Views of one storage, each type, and what is of no use as weights."""
    grid = torch.arange(24, dtype=torch.float32) / 8
    return collections.OrderedDict(
        whole=grid.reshape(2, 3, 4), rows=grid.reshape(4, 6)[1:3], columns=grid.reshape(4, 6)[:, 2:4], turned=grid.reshape(4, 6).t(),
        channels_last=grid.reshape(1, 2, 3, 4).contiguous(memory_format=torch.channels_last),
        parameter=torch.nn.Parameter(torch.tensor([-1.5, 2.5])), scalar=torch.tensor(7.25), nothing=torch.zeros(0, 3),
        repeated=torch.tensor([1.0]).expand(4),
        half=torch.tensor([0.1, -65504, 6e-8]).half(), bfloat=torch.tensor([0.1, -3e38, 1.5]).bfloat16(),
        double=torch.tensor([0.1, 1e300, -2.0]).double(),
        count=torch.tensor(5), byte=torch.tensor([1, 2], dtype=torch.uint8), truth=torch.tensor([True]))


def network():
    """A convolution, a normalisation with a count of batches, and a layer of units."""
    model = torch.nn.Sequential(collections.OrderedDict(
        features=torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2)), classifier=torch.nn.Linear(2, 3)))
    return count_up(model)


def count_up(model):
    with torch.no_grad():
        for i, parameter in enumerate(model.parameters()):
            parameter.copy_(torch.arange(parameter.numel()).reshape(parameter.shape) / 8 + i)
    return model


def checkpoint():
    """What pytorch/examples/imagenet writes: of AlexNet, only the features are wrapped."""
    model = network()
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [30, 60])
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    count_up(model)
    model.features = torch.nn.DataParallel(model.features)
    return {"epoch": 3, "arch": "alexnet", "best_acc1": torch.tensor(12.5), "state_dict": model.state_dict(),
            "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}


def write(folder=RESOURCES):
    """Writes all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(2012)
    for name, value in {"tensors": tensors(), "checkpoint": checkpoint(), "module": torch.nn.Linear(1, 1)}.items():
        torch.save(value, folder / f"{name}-zip.pth")
        torch.save(value, folder / f"{name}-legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(tensors(), folder / "tensors-protocol4.pth", pickle_protocol=4)
    torch.save(tensors(), folder / "tensors-legacy-protocol4.pth", pickle_protocol=4, _use_new_zipfile_serialization=False)
    torch.jit.save(torch.jit.script(torch.nn.Linear(1, 1)), folder / "script.pt")
