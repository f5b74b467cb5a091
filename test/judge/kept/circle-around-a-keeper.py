def f(a, b):
  a = list(range(5_000_000))
  a.append(a)
  try:
    b = c = bytearray(50_000_000)
    a += [c]
  finally:
    a = v(1)
    a = v(2)
