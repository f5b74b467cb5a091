def f(a, b):
  a = v(1)
  if t():
    try:
      (a, k), a = c, v(7)
      [a, *k] = v(8)
    finally:
      a = v(9)
  else:
    def a(a=a):
      a = v(10)
