import numpy as np
def f(a, b):
  a = np.zeros(50_000_000)
  try:
    u(8, a)
    n()
  finally:
    n()
    n()
  n()
