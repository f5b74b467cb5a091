def f(a, b):
  a = v(1)
  class a:
    if t():
      a = v(7)
  a = v(8)
