"""An inner function that is not called any more keeps what it reads."""


def main():
    rows = list(range(2_000_000))

    def share_of(parts):
        return len(rows) // parts

    half = share_of(2)
    result = bytearray(100_000_000)
    zeros = 0
    for start in range(0, len(result), 10_000_000):
        zeros += result.count(0, start, start + 10_000_000)
    print(half, zeros)


main()
