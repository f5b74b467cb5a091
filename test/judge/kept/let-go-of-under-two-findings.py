import numpy as np
def f(a, b):
  a = np.zeros(50_000_000)
  b = open("big").read()
  try:
    c, a = (open("big").read()), go(b)
  except* E:
    u(1, a), (b := v(2)), u(3, b)
  except* E as c:
    if t(): b = c; n()
    c = (list(range(5_000_000)))
  try:
    while True:
      n()
      a.append((list(range(5_000_000))))
  except* Exception as b:
    (b, k), a = bytearray(50_000_000), (((list(range(5_000_000))), a))
  except* ValueError as b:
    u(4, b)
    for k in a: u(5, k)
  finally:
    class c:
      raise E from E(bytearray(50_000_000))
      raise group()
      k = v(6)
    n()
    return (sum(u(7, c) for k in b))
    if v(11) < (b := v(8)) < v(12):
      a += v(13)
      n()
    else:
      u(14, np.zeros(50_000_000))
      n()
      return a
  return a
  b = dict(k=c)
