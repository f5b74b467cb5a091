"""Samples for `relations.py`: each is big in its own storage and holds three tracked elements, where it can hold any."""
import weakref

PADDING = 40_000


class Element:
    """Can be hashed, ordered, multiplied and called, so that it passes through most functions."""

    def __init__(self, rank=0):
        self.rank = rank

    def __lt__(self, other):
        return self.rank < getattr(other, "rank", 0)

    def __call__(self, *args, **kwargs):
        return 0


def elements():
    made = [Element(i) for i in range(3)]
    return made, [weakref.ref(e) for e in made]


FILLER = Element(-1)


def make_list():
    made, watched = elements()
    return made[:2] + [FILLER] * PADDING + made[2:], watched


def make_object():
    made = Element()
    made.load = bytearray(PADDING * 8)
    return made, [weakref.ref(made)]


def make_dict():
    made, watched = elements()
    return dict(zip(range(PADDING), made + [FILLER] * (PADDING - 3))), watched


def make_set():
    made = [Element(i) for i in range(4000)]
    return set(made), [weakref.ref(e) for e in made]


def make_keys():
    made, watched = make_set()
    return dict.fromkeys(made), watched


def make_deque():
    import collections

    made, watched = make_list()
    return collections.deque(made), watched


def make_heap():
    made, watched = elements()
    return made + [FILLER] * PADDING, watched


def of_list(convert):
    def make():
        made, watched = make_list()
        return convert(made), watched

    return make


def of_set(convert):
    def make():
        made, watched = make_set()
        return convert(made), watched

    return make


def plain(factory):
    return lambda: (factory(), [])


def make_array():
    import numpy

    return numpy.arange(PADDING * 2.0).reshape(-1, 4), []


def make_frame():
    import numpy
    import pandas

    return pandas.DataFrame({name: numpy.arange(PADDING * 1.0) for name in "ab"}), []


def make_single_block():
    import numpy
    import pandas

    return pandas.DataFrame(numpy.arange(PADDING * 2.0).reshape(-1, 2), columns=["a", "b"]), []


def make_series():
    import numpy
    import pandas

    return pandas.Series(numpy.arange(PADDING * 2.0)), []


def make_index():
    import numpy
    import pandas

    return pandas.Index(numpy.arange(PADDING * 2.0)), []


def make_tensor():
    import torch

    return torch.from_numpy(make_array()[0]), []


def make_match():
    import re

    return re.match("x", "x" * PADDING * 8), []


def make_sparse():
    import scipy.sparse

    return scipy.sparse.csr_matrix(make_array()[0]), []


def make_tree():
    import xml.etree.ElementTree as tree

    root = tree.Element("root", {"k": "v"})
    for i in range(2000):
        child = tree.SubElement(root, "child")
        child.text = f"number {i}"
    return root, []


def make_bytes_io():
    import io

    made = io.BytesIO(b"ab\n" * PADDING)
    made.seek(0, 2)
    made.write(b"x")
    made.seek(0)
    return made, []


def make_string_io():
    import io

    return io.StringIO("ab\n" * PADDING), []


def make_memory_view():
    return memoryview(bytearray(PADDING * 8)), []


MAKERS = {
    "L": make_list, "L2": make_list, "T": of_list(tuple), "D": make_dict, "K": make_keys, "ST": make_set, "FS": of_set(frozenset),
    "Q": make_deque, "H": make_heap, "e": make_object, "f": make_object,
    "S": plain(lambda: " ab\n" * PADDING), "B": plain(lambda: b" ab\n" * PADDING), "BA": plain(lambda: bytearray(b" ab\n" * PADDING)), "MV": make_memory_view,
    "J": plain(lambda: "[" + "1, " * PADDING + "1]"), "N": plain(lambda: list(range(1000, 1000 + PADDING))), "W": plain(lambda: [str(i) for i in range(PADDING)]),
    "A": make_array, "A2": make_array, "V": lambda: (make_array()[0].ravel().copy(), []), "C": lambda: (make_array()[0] * 1j, []),
    "DF": make_frame, "DS": make_single_block, "SE": make_series, "IX": make_index, "M": make_match, "SP": make_sparse, "X1": make_tensor, "X": make_tree, "BIO": make_bytes_io, "SIO": make_string_io,
    "AA": plain(lambda: __import__("array").array("d", range(PADDING))), "P": plain(lambda: __import__("pickle").dumps(list(range(PADDING)))), "Z": plain(lambda: __import__("zlib").compress(__import__("os").urandom(PADDING * 8))),
}

TYPES = {
    "L": "list", "L2": "list", "T": "tuple", "D": "dict", "K": "dict", "ST": "set", "FS": "frozenset", "Q": "collections.deque", "H": "list", "S": "str", "B": "bytes", "BA": "bytearray", "MV": "memoryview",
    "J": "str", "N": "list", "W": "list", "A": "numpy.ndarray", "A2": "numpy.ndarray", "V": "numpy.ndarray", "C": "numpy.ndarray", "DF": "pandas.DataFrame", "DS": "pandas.DataFrame", "SE": "pandas.Series",
    "IX": "pandas.Index", "M": "re.Match", "X1": "torch.Tensor", "SP": "scipy.sparse.csr_matrix", "X": "xml.etree.ElementTree.Element", "BIO": "io.BytesIO", "SIO": "io.StringIO", "AA": "array.array", "P": "bytes", "Z": "bytes",
}

# Their storage is that of their elements, so that a container of the elements keeps it.
DEEP = {"ST", "FS", "K", "X", "N", "W", "e", "f"}

HELPERS = {"rank": lambda e: getattr(e, "rank", 0), "true": lambda e: True, "one": lambda *e: 1, "none": lambda *e: None}
