import numpy as np
def f(a, b):
  c = np.zeros(50_000_000)
  try:
    a = v(1)
  except E as a:
    c = a
  a = v(2)
  try:
    a = v(3)
  finally:
    a = (lambda x=c: x)
    match m(4):
      case [a, _]:
        a = v(5)
  while t(): a = v(6); u(7, a); n()
