"""One call inside another: the first is done with the block, and the caller's name keeps it during the second. Three at the peak where two would do."""


def load():
    return bytes(80_000_000)


def marked(block: bytes):
    return block + b"!"


def closed(block: bytes):
    return bytes(80_000_000) + block[:1]


def main():
    block = load()
    print(len(closed(marked(block))))


main()
