"""A default is held with its function, which is yet to be called."""


def main():
    rows = list(range(2_000_000))

    def count(rows=rows):
        return len(rows)

    print(sum(rows))
    del rows
    chart = bytearray(100_000_000)
    print(count(), len(chart))


main()
