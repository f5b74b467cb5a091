"""Rows of their own lists: the rows count as well as the list of them."""


def main():
    table = [[0] * 10 for _ in range(400_000)]
    width = len(table[0])
    result = bytearray(90_000_000)
    print(width, len(result))


main()
