a = v(1)
if t():
  c = v(7)
class a:
  a = (zip(a, it(8)))
  a = v(9)
raise E
