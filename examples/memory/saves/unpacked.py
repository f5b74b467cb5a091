"""Two objects bound by one assignment, and only one of them needed for long."""


def main():
    train, test = bytearray(80_000_000), bytearray(60_000_000)
    size = len(train)
    result = bytearray(100_000_000)
    print(size, len(result), len(test))


main()
