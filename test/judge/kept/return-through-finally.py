def f(a, b):
  c = v(1)
  try:
    a = v(2)
  except E:
    a = c.item
  else:
    return
  finally:
    if t():
      a = v(11)
  n()
  n()
  n()
