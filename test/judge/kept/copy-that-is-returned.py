import numpy as np
def f(a, b):
  c = np.zeros(50_000_000)
  a = v(1)
  try:
    return (c[:2])
  finally:
    pass
  a = v(2)
