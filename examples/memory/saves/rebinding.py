"""A name is bound anew while its old object is still there: two at the peak."""


def main():
    block = bytearray(80_000_000)
    first = block[0]
    block = bytearray(90_000_000)
    print(first, len(block))


main()
