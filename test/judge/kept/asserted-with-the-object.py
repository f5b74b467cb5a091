def f(a, b):
  a = list(range(5_000_000))
  try:
    assert t(), a
  finally:
    n()
    n()
