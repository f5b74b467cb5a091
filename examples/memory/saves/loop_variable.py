"""The variable of a loop still holds the last block after the loop."""


def blocks():
    for _ in range(2):
        yield bytearray(80_000_000)


def main():
    total = 0
    for block in blocks():
        total += len(block)
    result = bytearray(180_000_000)
    print(total, len(result))


main()
