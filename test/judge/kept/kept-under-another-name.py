STORE = []
c = list(range(5_000_000))
try:
  a = v(1)
except E:
  STORE.append(c)
  n()
b = v(2)
c, b = b, c
for k in c: u(4, k)
while t():
  n()
  n()
