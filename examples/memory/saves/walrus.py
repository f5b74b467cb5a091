"""A name bound in a condition lives as long as any other."""


def main():
    if (size := len(block := bytearray(80_000_000))) > 100:
        result = bytearray(100_000_000)
        print(size, len(result), block[0])
        more = bytearray(140_000_000)
        print(len(more))


main()
