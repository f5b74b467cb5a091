"""The variable of a loop keeps the last element when the loop and its container are gone."""


def main():
    total = 0
    for block in [bytes(40_000_000), bytes(40_000_000)]:
        total += block[0]
    result = bytearray(150_000_000)
    print(total, len(result))


main()
