"""Runs a script and prints the peak of what it asked the allocator for, the same way every time: measure.py SCRIPT."""
import gc
import json
import os
import runpy
import sys
import tracemalloc

script = sys.argv[1]
sys.argv = [script]
output = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
gc.collect()
tracemalloc.start()
runpy.run_path(script, run_name="__main__")
peak = tracemalloc.get_traced_memory()[1]
tracemalloc.stop()
resident = None
try:
    with open("/proc/self/status") as status:
        resident = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
except OSError:
    pass
os.write(output, json.dumps({"version": ".".join(map(str, sys.version_info[:3])), "peak": peak, "resident": resident}).encode())
