import numpy as np
def f(a, b):
  c = np.zeros(50_000_000)
  a = None
  a += v(3)
  a.item = c
  n()
  n()
  a = v(1)
  n()
