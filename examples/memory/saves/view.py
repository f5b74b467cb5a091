"""A few bytes of a block, and the whole block with them."""


def main():
    block = bytes(80_000_000)
    head = memoryview(block)[:64]
    result = bytearray(100_000_000)
    zeros = 0
    for start in range(0, len(result), 10_000_000):
        zeros += result.count(0, start, start + 10_000_000)
    print(zeros, head[0])


main()
