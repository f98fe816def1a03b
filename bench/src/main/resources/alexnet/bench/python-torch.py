"""One contestant of bench network: the network in PyTorch, on its CUDA device where there is one, else on the processor.

Arguments: the architecture as JSON, the safetensors file with weights and batch, the number of threads (0: PyTorch's choice),
and whether TF32 is allowed. Takes requests on standard input and answers them on standard output, a line of JSON each.

A batch begins with its pixels, bytes, in pinned host memory and ends with its probabilities there, as the others' do. PyTorch
runs eagerly, lets cuDNN search for its fastest algorithms, updates by its fused SGD, and on a CUDA device takes the layout of
maps, NCHW or NHWC, in which a training step is faster.
"""
import json
import math
import os
import sys
import time

BEGIN = time.time()
MEAN, RATE, MOMENTUM, WEIGHT_DECAY = 127.5, 1e-4, 0.9, 5e-4
TRIAL_STEPS = 3

try:
    import torch
    from torch.nn import functional
except ImportError as missing:
    sys.exit(f"alexnet: python-torch: {sys.executable} cannot import torch: {missing}")

CUDA = torch.cuda.is_available()


def seconds_since_start():
    """Since the process began, where Linux tells; else since the first line above."""
    try:
        with open("/proc/self/stat") as stat, open("/proc/uptime") as uptime:
            ticks = int(stat.read().rsplit(")", 1)[1].split()[19])
            return float(uptime.read().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return time.time() - BEGIN


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = bytearray(file.read())
    types = {"F32": torch.float32, "I32": torch.int32}
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            dtype = types[entry["dtype"]]
            tensors[name] = torch.frombuffer(data, dtype=dtype, count=(end - begin) // 4, offset=begin).reshape(entry["shape"])
    return tensors


class Network:
    def __init__(self, layers, tensors, tf32):
        torch.backends.cuda.matmul.allow_tf32 = tf32
        torch.backends.cudnn.allow_tf32 = tf32
        torch.backends.cudnn.benchmark = True
        self.layers = layers
        self.device = torch.device("cuda" if CUDA else "cpu")
        self.tf32 = tf32
        images = tensors.pop("batch.images")
        pixels = (images + MEAN).to(torch.uint8)
        if not torch.equal(pixels.float() - MEAN, images):
            raise ValueError("the images are no bytes less their mean")
        self.pixels = pixels.pin_memory() if CUDA else pixels
        self.labels = tensors.pop("batch.labels").long().to(self.device)
        self.initial = tensors
        self.lay_out(torch.contiguous_format)
        if CUDA:
            seconds = {form: self.trial(form) for form in (torch.contiguous_format, torch.channels_last)}
            self.lay_out(min(seconds, key=seconds.get))

    def lay_out(self, memory_format):
        """Begins anew, with convolutions in that layout."""
        self.format = memory_format
        self.values = {}
        for name, tensor in self.initial.items():
            value = tensor.to(self.device, copy=True)
            self.values[name] = value.contiguous(memory_format=memory_format if value.dim() == 4 else torch.contiguous_format)
            self.values[name].requires_grad_()
        self.sgd = torch.optim.SGD(self.values.values(), RATE, MOMENTUM, weight_decay=WEIGHT_DECAY, **({"fused": True} if CUDA else {}))

    def trial(self, memory_format):
        self.lay_out(memory_format)
        self.training()
        begin = time.perf_counter()
        for _ in range(TRIAL_STEPS):
            self.training()
        return time.perf_counter() - begin

    def logits(self, training):
        x = (self.pixels.to(self.device, non_blocking=True).float() - MEAN).contiguous(memory_format=self.format)
        for layer in self.layers:
            name, kind = layer["name"], layer["kind"]
            if kind == "convolution":
                x = functional.relu(functional.conv2d(x, self.values[name + ".weight"], self.values[name + ".bias"], layer["stride"],
                                                      layer["padding"], groups=layer["groups"]), inplace=True)
            elif kind == "normalization":
                # A group whose sums end at its border is taken for an image of its own. PyTorch divides alpha by the size.
                n, c, h, w = x.shape
                groups = x.reshape(n * layer["groups"], c // layer["groups"], h, w)
                x = functional.local_response_norm(groups, layer["size"], layer["alpha"] * layer["size"], layer["beta"], layer["k"])
                x = x.reshape(n, c, h, w).contiguous(memory_format=self.format)
            elif kind == "pool":
                x = functional.max_pool2d(x, layer["size"], layer["stride"], ceil_mode=layer["ceil"])
            elif kind == "connected":
                x = functional.linear(x.flatten(1), self.values[name + ".weight"], self.values[name + ".bias"])
                x = x if layer is self.layers[-1] else functional.relu(x, inplace=True)
            else:
                # PyTorch scales up what it keeps in training, the paper scales down everything in testing.
                x = functional.dropout(x, layer["rate"], training) * layer["scale"]
        return x

    def forward(self):
        with torch.no_grad():
            self.logits(False).softmax(1).cpu()

    def training(self):
        logits = self.logits(True)
        functional.cross_entropy(logits, self.labels).backward()
        self.sgd.step()
        self.sgd.zero_grad(set_to_none=True)
        logits.detach().softmax(1).cpu()
        if CUDA:
            torch.cuda.synchronize()

    def identity(self):
        layout = "NHWC" if self.format == torch.channels_last else "NCHW"
        settings = f"float32 {'with' if self.tf32 else 'without'} TF32, {layout}, cuDNN {torch.backends.cudnn.version()}" if CUDA else "float32"
        return {"engine": "python-torch-tf32" if self.tf32 else "python-torch", "version": f"PyTorch {torch.__version__}, {settings}",
                "device": "cuda:0" if CUDA else "cpu", "name": torch.cuda.get_device_name(0) if CUDA else processor(), "kernels": "-"}


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return os.uname().machine


def peak_bytes():
    try:
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) << 10 for line in file if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0


def timed(action):
    begin = time.perf_counter()
    result = action()
    return time.perf_counter() - begin, result


def named(value):
    """JSON has no such numbers; these are the names that Java gives them."""
    return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def answer(network, start, request):
    ask = request["ask"]
    if ask == "introduce":
        return {"reply": "introduction", "identity": network.identity(), "startSeconds": start}
    if ask == "steps":
        step = network.forward if request["pass"] == "FORWARD" else network.training
        return {"reply": "times", "seconds": [timed(step)[0] for _ in range(request["count"])]}
    if ask == "logits":
        with torch.no_grad():
            seconds, values = timed(lambda: network.logits(False).flatten().tolist())
        return {"reply": "logits", "values": [named(value) for value in values], "seconds": seconds}
    if ask == "memory":
        return {"reply": "peak", "bytes": peak_bytes()}
    return {"reply": "dissection", "limits": None, "steps": []}


def serve(architecture, file, threads, tf32):
    if int(threads) > 0:
        torch.set_num_threads(int(threads))
    description = json.loads(architecture)
    network = Network(description["layers"], read_safetensors(file), tf32 == "true")
    start = seconds_since_start()
    for line in sys.stdin:
        print(json.dumps(answer(network, start, json.loads(line))), flush=True)


try:
    serve(*sys.argv[1:])
except torch.cuda.OutOfMemoryError as full:
    print("alexnet: python-torch: " + str(full).splitlines()[0], file=sys.stderr)
    sys.exit(7)
except RuntimeError as failure:
    print("alexnet: python-torch: " + str(failure).splitlines()[0], file=sys.stderr)
    sys.exit(5)
