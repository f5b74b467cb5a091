"""Each round builds its block while that of the round before is still bound."""


def main():
    total = 0
    for _ in range(4):
        block = bytearray(80_000_000)
        total += len(block)
    return total


print(main())
