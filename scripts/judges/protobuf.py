"""Protocol buffers, written by hand: what a message is made of, field by field."""
import struct

VARINT, BYTES, FLOAT = 0, 2, 5


def varint(value):
    value &= (1 << 64) - 1
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def field(number, value):
    """An integer, a float, a text, or bytes: those of a message, or of packed numbers."""
    if isinstance(value, int):
        return varint(number << 3 | VARINT) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | FLOAT) + struct.pack("<f", value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | BYTES) + varint(len(value)) + value


def message(*fields):
    """Numbers and values in turns; a list is a field that repeats."""
    return b"".join(field(number, item) for number, value in zip(fields[::2], fields[1::2])
                    for item in (value if isinstance(value, list) else [value]))


def packed_varints(values):
    return b"".join(varint(int(value)) for value in values)
