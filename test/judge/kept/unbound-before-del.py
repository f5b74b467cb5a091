def f(a, b):
  if t():
    c = v(1)
  n()
  n()
  n()
  a = v(2)
  del a, c
