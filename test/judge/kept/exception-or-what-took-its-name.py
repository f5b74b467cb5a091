import numpy as np
STORE = []
def fresh(x):
  u(0, x)
  return bytearray(50_000_000)
def f(a, b):
  try:
    a = v(1)
  finally:
    pass
  try:
    raise E(a)
    if t():
      a = v(7)
  except E as b:
    match m(8):
      case [a, _]:
        a = fresh(a)
        b = v(9)
      case [b, *a]:
        u(10, b)
        b = a = v(11)
    STORE.append(b)
  except Exception as a:
    a, b = b, a
    u(12, np.zeros(50_000_000))
  del b, b
