def f(a, b):
  b = bytearray(50_000_000)
  try:
    c = [u(1, k) for k in b]
  finally:
    a = v(2)
    k = ([a, bytearray(50_000_000)])
    n()
