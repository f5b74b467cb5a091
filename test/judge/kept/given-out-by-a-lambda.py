import numpy as np
def f(a, b):
  c = np.zeros(50_000_000)
  a = list(map(lambda k: c, it(1)))
  c, b = b, c
  n()
  u(2, a)
