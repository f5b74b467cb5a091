"""An element is not freed while its list is there."""


def main():
    blocks = [bytes(40_000_000), bytes(40_000_000)]
    first = blocks[0]
    print(len(first))
    del first
    chart = bytearray(100_000_000)
    print(len(blocks), len(chart))


main()
