a = v(1)
def c(a=a):
  (a, k), a = v(2), v(3)
  with cm(4):
    len(c)
n()
