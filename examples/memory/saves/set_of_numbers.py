"""A set made to count what is different."""


def main():
    seen = {number * 3 for number in range(1_500_000)}
    different = len(seen)
    result = bytearray(170_000_000)
    print(different, len(result))


main()
