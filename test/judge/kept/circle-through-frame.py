import numpy as np
STORE = []
def fresh(x):
  u(0, x)
  return bytearray(50_000_000)
def f(a, b):
  b = open("big").read()
  a = b
  if t():
    for k in a: u(6, k)
  try:
    with cm(7) as b:
      a[0] = bytearray(50_000_000)
      if t(): a = (iter((list(range(5_000_000))))); n()
    u(8, b)
    u(9, a)
  except Exception as c:
    u(10, b, a)
    if not (t() and t()):
      k = np.zeros(50_000_000)
      b = b = c
      (c, k), a = a, bytearray(50_000_000)
    else:
      print(c)
    for b in b:
      n()
      b, *a = ([c, c])
  else:
    b, c = c, b
    try:
      STORE.append(c)
      n()
      n()
    except* ValueError as b:
      (a, k), c = fresh(b), bytearray(50_000_000)
    except* Exception:
      del a
      a.item = a
  finally:
    a: object = ([v(17) for a in it(18)])
    with cm(19) as a, cm(20) as c: n()
  b[0] = None

