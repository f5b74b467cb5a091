if __name__ == "__main__":
  b = v(1)
  class a:
    if t():
      if t():
        b += v(12)
    a = v(13)
  a = v(14)
