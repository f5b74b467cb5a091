"""A partial call holds its arguments until it goes itself."""
import functools


def main():
    rows = list(range(2_000_000))
    count = functools.partial(len, rows)
    print(sum(rows))
    del rows
    chart = bytearray(100_000_000)
    print(count(), len(chart))


main()
