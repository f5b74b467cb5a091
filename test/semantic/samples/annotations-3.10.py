from __future__ import annotations
"""Annotations that are text (since Python 3.10)."""
a: Unknown = 1
if a:
    b: [x for x in unknown]


def f(x: Unknown, *args: Unknown, y: (lambda: unknown) = a, **kwargs: Unknown) -> Unknown:
    z: Unknown = 1
    w: Unknown
    return z


class C(Base):
    c: Unknown
    def m(self: C) -> C: pass
