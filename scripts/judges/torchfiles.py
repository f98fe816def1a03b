"""PyTorch's files in the forms of its versions, and safetensors."""
import io
import json
import pickle
import struct

import torch


def old(state, file):
    """The format of versions before 1.6 with the functions of 0.1: what alexnet-owt-4df8aa71.pth is of."""
    storages = {}

    class Pickler(pickle.Pickler):
        def persistent_id(self, obj):
            if isinstance(obj, torch.FloatStorage):
                storages[str(obj._cdata)] = obj
                return ("storage", torch.FloatStorage, str(obj._cdata), "cpu", obj.size(), None)
            return None

        def reducer_override(self, obj):
            if isinstance(obj, torch.Tensor):
                storage = obj.storage()
                return torch._utils._rebuild_tensor, (storage, obj.storage_offset(), tuple(obj.size()), obj.stride())
            return NotImplemented

    with open(file, "wb") as output:
        pickle.dump(0x1950a86a20f9469cfc6c, output, protocol=2)
        pickle.dump(1001, output, protocol=2)
        pickle.dump({"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}, output, protocol=2)
        body = io.BytesIO()
        Pickler(body, protocol=2).dump(state)
        output.write(body.getvalue())
        keys = sorted(storages)
        pickle.dump(keys, output, protocol=2)
        for key in keys:
            output.write(struct.pack("<q", storages[key].size()))
            output.write(torch.empty(0).set_(storages[key]).numpy().tobytes())


def safetensors(state, file, metadata=None):
    """Tensors by name, of any of PyTorch's types of floats."""
    names = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float64: "F64"}
    header, offset = {"__metadata__": metadata or {"format": "pt"}}, 0
    for name, tensor in state.items():
        size = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": names[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as output:
        output.write(struct.pack("<Q", len(text)) + text)
        for tensor in state.values():
            output.write(tensor.view(torch.int16).numpy().tobytes()
                         if tensor.dtype == torch.bfloat16 else tensor.numpy().tobytes())


def read_safetensors(file):
    """Tensors of float32, float16 or bfloat16 by name."""
    with open(file, "rb") as stream:
        header = json.loads(stream.read(struct.unpack("<Q", stream.read(8))[0]))
        data = stream.read()
    header.pop("__metadata__", None)
    kinds = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "F64": torch.float64}
    return {name: torch.frombuffer(bytearray(data[slice(*entry["data_offsets"])]), dtype=kinds[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items()}
