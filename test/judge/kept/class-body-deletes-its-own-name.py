STORE = []
def f(a, b):
  c = bytearray(50_000_000)
  STORE.append(c)
  class a:
    n()
    del c
  n()
