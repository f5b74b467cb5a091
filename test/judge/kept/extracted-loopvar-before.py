def f(a, b):
  k = v(0)
  b = list(range(5_000_000))
  for k in b[:t()]:
    u(1, k)
  n()
  u(2)
  n()
  return k
