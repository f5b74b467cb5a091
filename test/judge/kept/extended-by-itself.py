def f(a, b):
  a = list(range(5_000_000))
  if t():
    for k in a: u(8, k)
    a += [a]
    c = (list(range(5_000_000)))
  with cm(11):
    b = None
    a = v(12)
