import time
STORE = []
def keep(x):
  STORE.append(x)
  return v(0)
def fresh(x):
  u(0, x)
  return bytearray(50_000_000)
def f(a, b):
  with cm(1):
    try:
      try:
        b = (open("big").read())
      finally:
        try: n()
        except E as b: u(2, b)
        v(3)
        if t(): c = v(4); n()
    except* Exception as c:
      with cm(5) as b, cm(6) as c: n()
      b = c = ([*c, (f"{u(7, c)}")])
      c = (keep(fresh(c)))
    except* Exception as c:
      while True:
        n()
        assert t(), u(8, c)
        break
      n()
  try:
    STORE.append(a)
    n()
    b = a = (open("big").read())
  except ValueError as c:
    while True:
      n()
      time.sleep(0)
      u(9, c)
    if t() or (c := v(10)):
      assert t(), u(15, c)
      c += [a]
    c += [(open("big").read())]
  except E as c:
    for a in a:
      n()
      try:
        time.sleep(0)
      finally:
        c.item = ((a, c))
        c: object = (a[0])
        if t() or (a := v(17)):
          a, *a = c
    try:
      u(22, c), (a := (any(u(23, k) for k in b))), u(24, a)
      assert t(), u(25, a)
    except ValueError:
      n()
      raise group()
    except E as b:
      for k in b: u(26, k)
    finally:
      a.append(a)
      n()
      a = None
  c, c = v(27), v(28)
  n()

