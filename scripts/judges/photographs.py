"""Photographs that are drawn: wide, tall, small, grey, and as large as one is decoded whole."""
import io

import numpy
from PIL import Image

SHAPES = {"wide.jpg": (640, 213), "tall.jpg": (181, 500), "small.jpg": (200, 231), "grey.jpg": (301, 299), "large.jpg": (800, 610)}
OPTIONS = {"wide.jpg": dict(subsampling=2), "tall.jpg": dict(subsampling=0), "small.jpg": dict(subsampling=1, progressive=True),
           "large.jpg": dict(subsampling=2)}


def made():
    """Files by name."""
    files = {}
    for seed, (name, (width, height)) in enumerate(SHAPES.items(), 1):
        image = Image.fromarray(drawn(width, height, seed))
        image = image.convert("L") if name == "grey.jpg" else image
        output = io.BytesIO()
        image.save(output, "JPEG", quality=75, **OPTIONS.get(name, {}))
        files[name] = output.getvalue()
    return files


def drawn(width, height, seed):
    """Gradients, discs with soft and hard edges, stripes of many widths, and some grain."""
    random = numpy.random.default_rng(seed)
    y, x = numpy.mgrid[0:height, 0:width] / max(width, height)
    image = numpy.stack([128 + 80 * numpy.sin(random.uniform(1, 6) * x + random.uniform(1, 6) * y + random.uniform(0, 6)) for _ in range(3)], axis=-1)
    for _ in range(14):
        distance = numpy.hypot(x - random.uniform(0, 1), y - random.uniform(0, 1)) - random.uniform(0.03, 0.25)
        cover = numpy.clip(0.5 - distance * random.choice([8, 300]), 0, 1)[..., None]
        stripes = 1 + 0.4 * numpy.sign(numpy.sin(random.uniform(20, 250) * (x * random.uniform(-1, 1) + y * random.uniform(-1, 1))))[..., None]
        image = image * (1 - cover) + random.uniform(0, 200, 3) * stripes * cover
    return numpy.clip(image + random.normal(0, 4, image.shape), 0, 255).astype(numpy.uint8)


def names(folder):
    return sorted(file.name for file in folder.glob("*.jpg"))
