"""Arrays of known size."""
import numpy as np

WIDTH = 8192
HEIGHT = 8192


def sharpen(path):
    image = np.zeros((HEIGHT, WIDTH), dtype=np.float64)
    image[:] = np.fromfile(path).reshape(HEIGHT, WIDTH)
    spectrum = np.fft.fft2(image)
    mask = np.ones((HEIGHT, WIDTH), dtype=np.float32)
    result = np.fft.ifft2(spectrum * mask)
    return np.abs(result)


def first_row(path):
    volume = np.load(path)
    row = volume[0].copy()
    for _ in range(100):
        row = np.convolve(row, np.ones(9), mode="same")
    return row
