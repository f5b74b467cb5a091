import numpy as np
def f(a, b):
  b = np.zeros(50_000_000)
  with cm(1):
    for c in b:
      n()
      del b
      raise group()
    else:
      a = v(3)
    n()
  if t() and u(6, c):
    try:
      raise group()
    except ValueError as b:
      c, *a = (iter(np.zeros(50_000_000)))
      c[0] = (list(map(lambda k: a, it(9))))
    u(10, a)
