"""What torchvision and OpenCV say of photographs."""
import functools
import itertools
import tempfile

import cv2
import numpy
import torch
import torchvision
from PIL import Image
from torchvision.transforms import functional

from judges import caffe, networks, photographs

STORED = 256
# As torchvision's weights come with.
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
# Blue, green, red, where no mean image is used.
CAFFE_VALUES = (104.007, 116.669, 122.679)


def opened(photo):
    return Image.open(photo).convert("RGB")


def covered(image):
    """Its shorter side scaled by Pillow, and the centre."""
    return functional.center_crop(functional.resize(image, STORED), [STORED, STORED])


def squashed(image):
    return image.resize((STORED, STORED), Image.BILINEAR)


def torchvision_input(image, resize=functional.resize):
    tensor = functional.to_tensor(functional.center_crop(resize(image, STORED), [224, 224]))
    return functional.normalize(tensor, MEAN, DEVIATION)


@functools.lru_cache(maxsize=1)
def torchvision_network(precision=None):
    network = torchvision.models.alexnet(weights=None)
    network.load_state_dict({name: torch.tensor(values).to(precision or torch.float32).float()
                             for name, values in networks.weights("torchvision").items()})
    return network.double().eval()


@functools.lru_cache(maxsize=1)
def opencv_network(network):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/model", "wb") as output:
            output.writelines(caffe.model(network, networks.weights(network), legacy=False))
        with open(f"{folder}/prototxt", "w") as output:
            output.write(caffe.deploy(network))
        return cv2.dnn.readNetFromCaffe(f"{folder}/prototxt", f"{folder}/model")


def caffe_input(stored, mean_image):
    """The centre of what was brought to 256 x 256, blue first, less the mean."""
    pixels = numpy.asarray(stored)[:, :, ::-1].transpose(2, 0, 1).astype(numpy.float32)
    pixels = pixels - (networks.caffe_mean() if mean_image else numpy.array(CAFFE_VALUES, numpy.float32)[:, None, None])
    margin = (STORED - caffe.INPUT) // 2
    return pixels[:, margin:margin + caffe.INPUT, margin:margin + caffe.INPUT]


def torchvision_logits(images, precision=None, **options):
    with torch.no_grad():
        return torchvision_network(precision)(torch.stack([torchvision_input(image, **options) for image in images]).double()).numpy()


def opencv_logits(network, stored, mean_image):
    images = numpy.stack([caffe_input(image, mean_image) for image in stored])
    opencv = opencv_network(network)
    opencv.setInput(images)
    told = opencv.forward().copy()
    # A judge that is wrong itself would be no help.
    ours = networks.caffe_logits(network, networks.weights(network), images)
    if numpy.abs(told - ours).max() > 1e-5 * numpy.abs(ours).max():
        raise ArithmeticError(f"OpenCV and PyTorch disagree about {network}")
    return told


def logits(network, preparation, photos, precision=None):
    """[photo][class]; the preparation is torchvision, or such as "squash, mean image"."""
    images = [opened(photo) for photo in photos]
    if network == "torchvision":
        return torchvision_logits(images, precision)
    resize, mean = preparation.split(", ")
    return opencv_logits(network, [(squashed if resize == "squash" else covered)(image) for image in images], mean == "mean image")


def all_logits(folder):
    photos = [folder / name for name in photographs.names(folder)]
    return {"torchvision": logits("torchvision", "torchvision", photos),
            "bvlc_alexnet, cover, mean image": logits("bvlc_alexnet", "cover, mean image", photos),
            "caffenet, squash, mean values": logits("caffenet", "squash, mean values", photos)}


def likest(values):
    correlations = numpy.corrcoef(values)
    return max(correlations[a, b] for a, b in itertools.combinations(range(len(values)), 2))


def opencv_resized(image, height, width, interpolation=cv2.INTER_LINEAR):
    return Image.fromarray(cv2.resize(numpy.asarray(image), (width, height), interpolation=interpolation))


def resizing(folder):
    """How far other ways of resizing lead from Pillow's, a line each."""
    def opencv_cover(image, size):
        width, height = image.size
        return opencv_resized(image, *((size, size * width // height) if height <= width else (size * height // width, size)))

    def tensor_cover(image, size):
        # torchvision's way of tensors without antialias, its default until 0.17.
        resized = functional.resize(functional.pil_to_tensor(image), size, antialias=False)
        return Image.fromarray(resized.permute(1, 2, 0).numpy())

    for name in photographs.names(folder):
        image = opened(folder / name)
        here = torchvision_logits([image])
        told = []
        for what, resize in (("OpenCV's bilinear", opencv_cover), ("torchvision's of tensors without antialias", tensor_cover)):
            levels = numpy.abs(numpy.asarray(functional.center_crop(resize(image, STORED), [224, 224]), int)
                               - numpy.asarray(functional.center_crop(functional.resize(image, STORED), [224, 224]), int))
            there = torchvision_logits([image], resize=resize)
            told.append(f"{what} {levels.mean():.2f} levels in the mean, {levels.max()} at most, logits {numpy.abs(here - there).max() / numpy.abs(here).max():.1e} of the largest")
        yield f"{name} {image.size[0]}x{image.size[1]}: {'; '.join(told)}"
