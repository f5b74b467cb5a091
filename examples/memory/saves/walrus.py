"""A name bound in a condition lives as long as any other."""


def main():
    if (size := len(block := bytearray(80_000_000))) > 100:
        first = block[0]
        result = bytearray(100_000_000)
        print(size, len(result), first)


main()
