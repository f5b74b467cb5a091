def f(a, b):
  a = list(range(5_000_000))
  c = v(1)
  try:
    a.item = a
  finally:
    pass
  with cm(2):
    b += (list(range(5_000_000)))
    c = None
