if __name__ == "__main__":
  c = v(1)
  a = v(2)
  a, (a, *k) = c, v(3)
  [c, *k] = go(a.a)
