"""A few rows of an array, and the whole array with them."""

import numpy as np


def main():
    grid = np.ones((4000, 4000))
    border = grid[:1]
    total = 0.0
    result = np.ones((4000, 4000))
    for row in result:
        total += float(np.cumsum(row).sum())
    print(float(border.sum()), total)


main()
