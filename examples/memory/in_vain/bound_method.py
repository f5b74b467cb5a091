"""A method taken from an object holds the object."""


def main():
    rows = list(range(2_000_000))
    position = rows.index
    print(sum(rows))
    del rows
    chart = bytearray(100_000_000)
    print(position(7), len(chart))


main()
