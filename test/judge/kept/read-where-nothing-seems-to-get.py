def f(a, b):
  c = v(1)
  len(c)
  a = v(2)
  with cm(3):
    raise group()
    a = v(4)
  for k in c: u(5, k)
