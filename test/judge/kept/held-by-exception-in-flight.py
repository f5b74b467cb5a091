def f(a, b):
  b = list(range(5_000_000))
  try:
    raise E(b)
  finally:
    a, b = b, a
    a = (list(range(5_000_000)))
  return b
