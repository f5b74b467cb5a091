def f(a, b):
  c = [v(1)]
  def k(x):
    return u(1, c)
  def a(x):
    return k(x)
  for x in it(3):
    b = c
    c = [a(x) for x in it(4)]
    u(2, b)
    n()
  return c
