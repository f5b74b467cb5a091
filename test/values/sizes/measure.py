"""Measures what expressions allocate and keep.

Reads {"prelude": str, "n": int, "expressions": [str]} from standard input, prints
{"version": "3.11.7", "comparable": bool, "requested": [int], "resident": [int]}.

requested: bytes asked of the allocator, by tracemalloc. resident: the same with every block rounded up to 16 bytes,
as the allocator does. comparable: a 64-bit CPython with a GIL, which is what the formulas are for.
"""
import gc
import json
import platform
import sys
import sysconfig
import tracemalloc


def blocks(code, names):
    eval(code, names)  # once before, so that caches and the keys shared by a class exist
    gc.collect()  # empties the free lists, whose blocks tracemalloc would miss
    tracemalloc.start()
    result = eval(code, names)
    sizes = [trace.size for trace in tracemalloc.take_snapshot().traces]
    tracemalloc.stop()
    del result
    return sizes


def main():
    task = json.load(sys.stdin)
    names = {"n": task["n"]}
    exec(task["prelude"], names)
    measured = [blocks(compile(text, "<case>", "eval"), names) for text in task["expressions"]]
    json.dump({
        "version": platform.python_version(),
        "comparable": platform.python_implementation() == "CPython" and sys.maxsize > 2**32
                      and not sysconfig.get_config_var("Py_GIL_DISABLED"),
        "requested": [sum(sizes) for sizes in measured],
        "resident": [sum((size + 15) // 16 * 16 for size in sizes) for sizes in measured],
    }, sys.stdout)


main()
