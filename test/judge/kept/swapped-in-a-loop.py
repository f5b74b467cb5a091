import gc
def pair(x):
  return [x, x]
def f(a, b):
  b = bytearray(50_000_000)
  while (a := v(1)):
    n()
    a, b = b, a
    gc.collect()
    b, c = a, (pair(v(6)))
  else:
    u(7, len(b))
