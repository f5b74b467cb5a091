"""Type parameters and aliases (PEP 695, Python 3.12)."""
type Simple = int
type Pair[A, B: (int, str)] = tuple[A, B, Simple]


def first[T: list[U], *Ts, **P](items: T, *args: P.args, key=1, **kwargs: P.kwargs) -> T:
    def inner(x: T): return x, T
    type Local = T
    return inner


class Box[T, __Private](Base[T], metaclass=Meta):
    Item = T
    type Alias[X: Item] = tuple[X, Item, T]
    type Plain = Item
    def get[V: Item](self, value: V, default: Item = Item) -> T:
        return T, V, __Private, super()
    def plain(self, x: T) -> Item: pass
    async def asynchronous[W](self) -> W: pass
    class Nested[S](Box[S]):
        def m[R](self) -> S: return R, S, T


def outer(Shared, Item):
    class Inner[T: Shared]:
        Shared = T
        def m[U: Shared](self, x: Shared, y: Item): return Item
        type A = Shared | Item
    return [f"{x!r} {[y for y in x]}" for x in Inner]
