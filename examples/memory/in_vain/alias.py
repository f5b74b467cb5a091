"""Another name for the object is used to the end."""


def main():
    rows = list(range(2_000_000))
    entries = rows
    print(sum(rows))
    del rows
    chart = bytearray(100_000_000)
    print(len(entries), len(chart))


main()
