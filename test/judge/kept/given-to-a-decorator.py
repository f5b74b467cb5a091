import numpy as np
STORE = []
def keep(x):
  STORE.append(x)
  return v(0)
def f(a, b):
  c = np.zeros(50_000_000)
  if t():
    @keep
    def a(c=c):
      a = v(6)
  try:
    a = v(7)
    a = v(8)
  finally:
    pass
