"""A sorted copy shares its numbers with the list it was made from: both have to go."""


def main():
    rows = list(range(2_000_000, 0, -1))
    ordered = sorted(rows)
    middle = ordered[1_000_000]
    result = bytearray(120_000_000)
    print(middle, len(result))


main()
