"""A tuple is as large as the list it was made from."""


def main():
    numbers = tuple(range(2_000_000))
    last = numbers[-1]
    result = bytearray(100_000_000)
    print(last, len(result))


main()
