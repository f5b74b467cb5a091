def f(a, b):
  c = v(1)
  b = list(range(5_000_000))
  k = [u(4, c, x) for x in b[:2] if u(5, a)]
  n()
  u(1, k)
  n()
