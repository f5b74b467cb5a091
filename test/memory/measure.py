"""Runs a script or a notebook and prints the peak of what it asked the allocator for, the same way every time: measure.py PATH."""
import gc
import json
import os
import runpy
import sys
import tracemalloc


def running(path):
    """What runs the program at the path; what that needs beside it is loaded before."""
    if not path.endswith(".ipynb"):
        return lambda: runpy.run_path(path, run_name="__main__")
    os.environ["IPYTHONDIR"] = os.path.dirname(path)
    from IPython.core.interactiveshell import InteractiveShell

    with open(path, encoding="utf-8") as file:
        cells = ["".join(cell["source"]) for cell in json.load(file)["cells"] if cell["cell_type"] == "code"]
    shell = InteractiveShell.instance()
    shell.run_cell("[]", store_history=True)
    return lambda: [shell.run_cell(cell, store_history=True).raise_error() for cell in cells]


script = sys.argv[1]
sys.argv = [script]
output = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
run = running(script)
gc.collect()
tracemalloc.start()
run()
peak = tracemalloc.get_traced_memory()[1]
tracemalloc.stop()
resident = None
try:
    with open("/proc/self/status") as status:
        resident = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
except OSError:
    pass
os.write(output, json.dumps({"version": ".".join(map(str, sys.version_info[:3])), "peak": peak, "resident": resident}).encode())
