"""Pattern matching (Python 3.10)."""
def describe(value, Known):
    match value:
        case 0 | -1 | 1.5 + 2j | "text" | None | True: kind = "literal"
        case Known.member: pass
        case [first, *_, last]: pass
        case (single,): pass
        case {"key": found, Known.name: 1, **others}: pass
        case Known(position, keyword=named) as whole if whole: pass
        case [[deep, {"x": [deeper]}]] | (deep, deeper): pass
        case str() | bytes(): pass
        case other if (copy := other): pass
        case _: pass
    return lambda: (first, deep)


class Matcher:
    match captured:
        case __private: pass
    def f(self): return captured
