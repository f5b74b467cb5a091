"""A few bytes of a block, and the whole block with them."""


def main():
    block = bytes(80_000_000)
    head = memoryview(block)[:64]
    result = bytearray(100_000_000)
    print(len(result), head[0])


main()
