"""Comprehensions and the walrus (Python 3.8)."""
data = [1, 2]
squares = [x * x for x in data]
pairs = {x: y for x in data for y in squares if x if y}
names = {n for n, *_ in pairs}
lazy = (x + offset for x in (y for y in data) if x)
nested = [[(i, j, lambda: (i, k)) for j in range(i)] for i in data]
[last := x for x in data if (first := x)]
while (chunk := read()): pass


def function(k, rows):
    a = [k * x for x in rows]
    b = [lambda: (k, x) for x in rows]
    c = {x: [y for y in x if y in a] for x in rows}
    d = [[total := total + y for y in x] for x in rows]
    e = (lambda: [k for _ in rows])
    f = [k for k in k]
    def inner():
        return [k, a, [b for _ in c]]
    def redeclared():
        global marker
        nonlocal d
        d = [marker := q for q in d]
    return inner, e, f


class Body:
    sizes = [1, 2]
    unit = 2
    scaled = [s for s in sizes]
    missing = [unit for _ in sizes]
    owner = [lambda: __class__ for _ in sizes]
    def method(self):
        return [__class__ for _ in super().x], [super for _ in self.sizes]
