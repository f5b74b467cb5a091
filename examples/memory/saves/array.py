"""Like `after_last_use`, with an array."""

import numpy as np


def main():
    grid = np.ones((4000, 4000))
    total = float(grid.sum())
    result = np.zeros((4000, 4000))
    print(total, result.size)


main()
