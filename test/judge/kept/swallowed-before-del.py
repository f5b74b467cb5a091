def f(a, b):
  c = v(1)
  try:
    a = a
  finally:
    with cm(2):
      raise E from E(v(3))
    a = v(4)
  del c
