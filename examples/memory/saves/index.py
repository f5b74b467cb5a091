"""A dict that only one loop looks things up in."""


def main():
    index = {number: number * 3 for number in range(1_000_000)}
    hits = 0
    for number in range(0, 3_000, 7):
        hits += index[number] % 2
    result = bytearray(140_000_000)
    print(hits, len(result))


main()
