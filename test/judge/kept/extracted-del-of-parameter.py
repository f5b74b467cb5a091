def f(a, b):
  c = v(1)
  del b
  a = v(4)
  b = v(5)
  u(6, a, c)
  a = max(a, b, key=len)
