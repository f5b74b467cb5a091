"""Functions, closures and declarations."""
import os.path
import collections as c, sys
from os import path, sep as separator
from string import *

counter = 0
limit: int = 10
(grouped): int = 1


def decorate(*names, default=limit, **options):
    def wrap(function, /, extra=counter, *, strict=False):
        nonlocal default
        default = function(names, options, extra, strict)
        return wrap
    return wrap


@decorate("a", default=limit)
def count(step: int = limit) -> "int":
    global counter, created
    counter += step
    created = counter
    def inner():
        def innermost():
            return step, counter, missing
        return innermost
    del step
    return inner


def shadows():
    x = 1
    def middle():
        global x
        def inner():
            return x
        return inner
    def other():
        x = 2
        def inner():
            nonlocal x
            x += 1
        return inner
    return middle, other, x


def statements(items, table):
    for i, (j, *k) in items:
        table[i].attribute = j
    else:
        k = None
    while table:
        break
    with open(items) as file, open(table) as (a, b), open(i):
        pass
    try:
        raise ValueError(i) from k
    except (OSError, ValueError) as error:
        error = str(error)
    except Exception:
        pass
    else:
        done = True
    finally:
        del table[i], items.attribute, file
    assert done, error
    x = y = z = i if j else k
    first, *rest = x
    [second, third] = y
    annotated: list[int] = []
    bare: dict
    self.attribute: int = 1
    return lambda p, q=x, *r, s=lambda: y, **t: (p, q, r, s, t, z, u)


async def asynchronous(source):
    async with source as connection:
        async for row in connection:
            yield row, await connection
    values = [value async for value in source if await value]
    return


def frames():
    return locals(), vars(), f"{separator!r:>{limit}} {path} {[c for c in frames]}"


class Outer(c.OrderedDict, metaclass=type):
    limit = limit
    def method(self, __private=limit):
        global __hidden
        import __secret
        __hidden = __private
        super().method()
        class Inner:
            __x: int = __private
            def method(self):
                return __class__, self.__x, __x
        return [super for super in __private]

    @property
    def name(self): return (lambda: __class__)()


for counter in range(3): pass
if counter: late = 1
