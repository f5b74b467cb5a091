"""A call keeps its argument: the caller's name holds the rows while the function works on what it made of them."""


def total_of(rows):
    total = sum(rows)
    block = bytearray(100_000_000)
    for start in range(0, len(block), 10_000_000):
        total += block.count(0, start, start + 10_000_000)
    return total


def main():
    rows = list(range(2_000_000))
    print(total_of(rows))


main()
