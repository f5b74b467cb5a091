"""A cache of large values, one for each argument that comes along."""

import functools


@functools.lru_cache(maxsize=None)
def block_of(seed):
    return bytearray(12_000_000)


def seeds(rounds):
    for number in range(rounds):
        yield number * number


def serve(rounds=16):
    size = 0
    for seed in seeds(rounds):
        size += len(block_of(seed))
    print(size)
