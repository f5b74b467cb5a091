def f(a, b):
  c = bytearray(50_000_000)
  try:
    return c
  finally:
    a = v(2)
    n()
  a = v(9)
