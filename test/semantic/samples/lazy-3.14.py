"""Lazy annotations and template strings (PEP 649, PEP 750, Python 3.14)."""
a: Later = 1
if a:
    b: (lambda: Later)


class C:
    T = int
    x: T
    def m(self, y: T, z: [T for T in a]) -> C: pass
    for i in a:
        w: T


class Plain:
    x: int


class Generic[T]:
    x: T
    def m[U](self, y: T, z: U) -> [lambda: (T, U)]: pass


def f(x: int, y: [lambda: x]) -> int:
    z: int = t"{x} {y!r:>{a}}"
    w: (lambda: [q for q in z])
    return z


try: pass
except OSError, ValueError: pass
