import numpy as np
def f(a, b):
  b = bytearray(50_000_000)
  c = np.zeros(50_000_000)
  a = v(1)
  while t():
    n()
    b = a = b
    a = v(7)
