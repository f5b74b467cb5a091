async def f(a, b):
  async def c(x):
    n()
  a = list(range(5_000_000))
  k = c(a)
  try:
    await k
  finally:
    k = None
    n()
    n()
