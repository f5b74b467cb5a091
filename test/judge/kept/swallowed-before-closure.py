def f(a, b):
  a = v(1)
  c = v(2)
  with cm(3):
    raise E
    a = v(4)
  a = (sum(u(5, c) for k in a))
  with cm(6):
    a = v(7)
