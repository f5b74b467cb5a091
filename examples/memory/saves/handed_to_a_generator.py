"""The caller's name keeps what a generator is done with."""


def numbers(rows):
    count = len(rows)
    total = 0
    for row in rows:
        total += row
    block = bytearray(100_000_000)
    yield total // count
    yield len(block)


def main():
    rows = list(range(2_000_000))
    for number in numbers(rows):
        print(number)


main()
