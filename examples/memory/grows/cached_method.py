"""The cache of a method keeps every object that the method was called on, with all that it holds."""

from functools import lru_cache


class Scan:
    def __init__(self, number):
        self.data = bytes([number % 256]) * 100_000

    @lru_cache(maxsize=None)
    def average(self):
        return sum(self.data[:100]) / 100


def serve(rounds=1000):
    total = 0
    for number in range(rounds):
        total += Scan(number).average()
    print(total)
