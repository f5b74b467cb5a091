"""A sorted copy shares its elements with the list it was made from: both have to go."""


def main():
    rows = [bytes(120 + number % 20) for number in range(500_000)]
    ordered = sorted(rows)
    middle = ordered[250_000]
    size = len(middle)
    middle = None
    result = bytearray(120_000_000)
    print(size, len(result))


main()
