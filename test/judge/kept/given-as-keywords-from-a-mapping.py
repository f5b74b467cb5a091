import numpy as np
def f(a, b):
  a = (dict(**{"k": ((b := np.zeros(50_000_000)))}))
  a = v(2)
