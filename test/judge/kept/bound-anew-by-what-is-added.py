def f(a, b):
  c = v(1)
  a = c = None
  while (c := v(10)):
    n()
    c += v(15)
  a = v(16)
  while t():
    n()
    u(17, a)
