"""The same in a `while` loop."""


def main():
    left = 4
    while left > 0:
        block = bytes(80_000_000)
        left -= len(block) // 80_000_000
    return left


print(main())
