"""A generator keeps its locals while it waits for the next call."""


def stages():
    block = bytearray(80_000_000)
    yield len(block)
    yield len(bytearray(100_000_000))


for size in stages():
    print(size)
