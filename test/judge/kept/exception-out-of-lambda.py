def f(a, b):
  c = bytearray(50_000_000)
  try:
    a = sorted(it(3), key=lambda k: u(4, c))
  finally:
    n()
    n()
    if (c := v(7)):
      u(12, c, b)
