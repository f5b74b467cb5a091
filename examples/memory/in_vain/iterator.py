"""An iterator that is still needed holds the list."""


def main():
    rows = list(range(2_000_000))
    walk = iter(rows)
    print(next(walk))
    del rows
    chart = bytearray(100_000_000)
    print(next(walk), len(chart))


main()
