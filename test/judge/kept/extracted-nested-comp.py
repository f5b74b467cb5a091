def f(a, b):
  c = v(1)
  b = list(range(5_000_000))
  k = sum(u(4, c, x) for x in b[:2] for y in (a for z in it(3)))
  n()
  u(1, k)
  n()
