import numpy as np
def f(a, b):
  a = np.zeros(50_000_000)
  try:
    b += a
  finally:
    n()
    n()
