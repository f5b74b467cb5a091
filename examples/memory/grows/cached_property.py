"""The cache of a property keeps its objects; a `cached_property` keeps its value in the object, and goes with it."""

import functools


class Scan:
    def __init__(self, number):
        self.data = bytes([number % 256]) * 1_000_000

    @property
    @functools.lru_cache(maxsize=None)
    def average(self):
        return sum(self.data[:100]) / 100


def serve(rounds=100):
    total = 0
    for number in range(rounds):
        total += Scan(number).average
    print(total)
