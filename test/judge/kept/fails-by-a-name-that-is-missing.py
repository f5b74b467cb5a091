import numpy as np
a = v(1)
try:
  a = max(a, b, key=len)
except E:
  b = v(2)
except Exception as c:
  u(3, len(c))
  a = v(4)
c = b
n()
match m(5):
  case [c, _]:
    n()
    c, *b = ([*a, np.zeros(50_000_000)])
  case [c, a]:
    with cm(6) as b, cm(7) as b: n()
    n()
    if t(): b = (list(range(5_000_000))); n()
  case b:
    pass
