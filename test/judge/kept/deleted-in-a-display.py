c = v(1)
if (a := v(2)):
  a = v(7)
del (c, [a])
