/** Python texts that edits are tried on: every construct that matters to where a statement begins and ends. */
export const SAMPLES: readonly string[] = [
  `"""Doc: class def # no comment
def not_a_function(): pass
"""
import os, sys as system
from . import (a,  # why
    b)

@decorator(1,
           key=2)
@other
def first(x: int = 1, /, *args, key="a", **rest) -> "str":
    '''inner
docstring'''
    if x:  # refleak: ignore[held-after-last-use]
        return [
            x,  # one
]
    elif key: return None
    else:
        y = 1; z = 2;
    # trailing comment

async def second():
    async with a as b, c:
        await b

x = 1; y = [2,
 3]; z = 4
`,
  `class A(B, metaclass=M):
    """Doc."""
    attr: int = 1
    a = 1; b = 2

    # refleak: ignore-file
    def method(self):
        def inner():
            nonlocal q
            return self
        return inner

    @property
    async def other(self): return 1

    class Nested(A):  # note: colon
        x = 1

        def deep(self):
            for i in range(10):
                yield i
            else:
                pass
    tail = 2
class One: pass
class Empty:
    pass
def after():
    return A
if x:
    class Inside:
        y = 1
else:
    pass
try:
    pass
except* (E, F) as e:
    raise
finally:
    pass
`,
  `f"{x!r:>{width}} {y['k']} {z = }" 'b'; rb"yes"
s = f'''{
    a  # comment
    + b:{c}}''' "\\N{DASH} \\x41\\
more"
t = "😀 emoji" + 'é'; u = "\\U0001F600"
d = {"a": 1, **b, 'c': [1, 2, {3: (4, 5)}]}
match d:
    case {"a": 1, **rest} | [1, *_]: pass
    case A(x, y=1) as z if z:
        del z
    case _:
        print("x")
lambda a, *b: (yield)
with (open("f") as f, g): x = f.read()
while True:
    break
else: continue
a[1:2, ::3] = b = yield
x = a if b else c if d else e
`,
  'def tabs():\r\n\tif x:\r\n\t\treturn 1\r\n\telse:\r\n\t\tpass\r\n\r\nclass C:\r\n\tdef f(self):\r\n\t\tpass\r\n\tx = """\r\ntext\r\n"""\r\n',
  'x = 1\ry = 2\rdef f():\r    return x\r\rclass A:\r    z = 1\r    def g(self): pass\r',
  '\fdef page():\n    pass\n\f\n\x0c\nclass P:\n    \f\n    x = 1\n',
  'print "two", x\nexec "code" in d\nprint >>f, y\nraise E, "v"\nbacktick = `x`\nexcept_ = 0777L\n',
  '# %%\n%matplotlib inline\n!ls {y}\n\n# %% two\n%%time\ndef f(a):\n    !echo {a}\n    return a\n\n# %%\n%%bash\nls -l\n\n# %%\nf(x)\n',
  'def f(:\n    x = (1,\n    y = 2\n\ndef g():\n    return [1\n\nclass H(\n    def m(self):\n        x = \n        return 1\n<<<<<<< HEAD\nz = 1\n=======\nz = 2\n>>>>>>> branch\n  indented = 1\n',
]

/** What is inserted: pieces of syntax that open, close, join and split. */
export const SNIPPETS: readonly string[] = [
  '', ' ', '    ', '\t', '\n', '\r\n', '\r', '\n\n', '\n    ', '\f', '\\\n', '#', '# refleak: ignore\n', '"', "'", '"""', "'''", 'f"', "f'{", '{', '}', '(', ')', '[', ']', ':', ';', ',',
  '=', '\\', '@', '@d\n', 'def f(x):\n    return x\n', 'class A:\n    x = 1\n', 'class B(', 'else:\n', 'elif y:\n    pass\n', 'if x:\n', 'return', 'async ', 'x = 1\n', 'pass', 'é', '😀', '\ufeff',
  '    def m(self):\n        pass\n', 'lambda', ' import ', 'type X = int\n', 'match x:\n    case 1: pass\n', '*', 'yield ', '`', '\\N{DASH}', '=====\n', '# %%\n', '%time ', '!ls\n', '%%bash\n',
]
