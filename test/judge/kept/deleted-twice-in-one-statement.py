def f(a, b):
  c = (list(range(5_000_000)))
  a = v(1)
  del c, c
