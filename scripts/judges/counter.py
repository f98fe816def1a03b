"""Numbers that are a pure function of a key and a place, of 32-bit integer arithmetic: alexnet.kernels.CounterRandom has the same to the last bit.

  mix(key, word)             h = key * 0x9E3779B1 + word, then MurmurHash3's finaliser; all modulo 2^32
  bits(key, purpose, i)      the upper 24 bits of mix(mix(key, purpose), i)
  unit(key, purpose, i)      (2 bits - 2^24) / 2^24, in [-1, 1), exact as a float
  below(n, key, purpose, i)  n * bits >> 24
"""
import numpy

SEED = 2012


def mix(key, word):
    """Both integers or numpy arrays of uint32."""
    key = numpy.asarray(key, dtype=numpy.uint32)
    with numpy.errstate(over="ignore"):
        h = key * numpy.uint32(0x9E3779B1) + numpy.asarray(word, dtype=numpy.uint32)
        h = (h ^ (h >> numpy.uint32(16))) * numpy.uint32(0x85EBCA6B)
        h = (h ^ (h >> numpy.uint32(13))) * numpy.uint32(0xC2B2AE35)
    return h ^ (h >> numpy.uint32(16))


def bits(key, purpose, count):
    return (mix(mix(key, purpose), numpy.arange(count)) >> numpy.uint32(8)).astype(numpy.int64)


def unit(purpose, count):
    return (2 * bits(SEED, purpose, count) - (1 << 24)) / float(1 << 24)


def below(bound, purpose, count):
    return bound * bits(SEED, purpose, count) >> 24
