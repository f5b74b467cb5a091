def f(a, b):
  a = bytearray(50_000_000)
  try:
    n()
    a.item
  finally:
    n()
    n()
