"""A generator expression holds the list it walks."""


def main():
    rows = list(range(2_000_000))
    doubled = (row * 2 for row in rows)
    print(next(doubled))
    del rows
    chart = bytearray(100_000_000)
    print(next(doubled), len(chart))


main()
