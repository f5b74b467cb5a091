"""A function that calls itself keeps what it reads until the collector comes, long after the function around it has returned."""


def deepest():
    rows = list(range(2_000_000))

    def walk(depth):
        return walk(depth - 1) if depth else rows[-1]

    return walk(10)


def main():
    last = deepest()
    result = bytearray(100_000_000)
    print(last, len(result))


main()
