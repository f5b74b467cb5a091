c = v(1)
a = (v(2) or w(b))
b = v(3)
