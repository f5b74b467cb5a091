def f(a, b):
  c = v(1)
  k = (sum(u(2, c) for k in a))
  a = v(3)
  a = v(4)
