STORE = []
def f(a, b):
  c = v(1)
  len(c)
  with cm(2):
    (a, k), a = v(3), (list(range(5_000_000)))
    c = v(4)
  try:
    a = c.item
  except Exception as a:
    with cm(5) as b, cm(6) as c: n()
    c: object = (list(range(5_000_000)))
    STORE.append(a)
