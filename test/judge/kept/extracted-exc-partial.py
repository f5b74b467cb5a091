def f(a, b):
  k = v(0)
  try:
    b = list(range(5_000_000))
    k = v(1)
    u(1, len(b))
    k = v(2)
    n()
    u(2)
    n()
  except E:
    u(3, k)
  return k
