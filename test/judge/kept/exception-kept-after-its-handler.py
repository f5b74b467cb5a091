def f(a, b):
  a = list(range(5_000_000))
  b = None
  try:
    u(3, a)
  except E as e:
    b = e
  n()
  n()
  u(1, b)
