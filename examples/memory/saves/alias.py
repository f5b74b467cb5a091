"""Two names for one object: both have to go."""


def main():
    rows = list(range(2_000_000))
    entries = rows
    total = sum(entries)
    chart = bytearray(100_000_000)
    print(total, len(chart))


main()
