"""The plain case: a list lives on after the sum of it is known."""


def main():
    rows = list(range(2_000_000))
    total = sum(rows)
    chart = bytearray(100_000_000)
    print(total, len(chart))


main()
