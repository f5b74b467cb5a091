STORE = []
c = v(1)
a = v(2)
def f(b=a):
  STORE.append(b)
f()
from time import sleep as a
