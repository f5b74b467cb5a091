"""The function ends anyway."""


def main():
    rows = list(range(2_000_000))
    print(sum(rows))
    del rows


main()
print(len(bytearray(100_000_000)))
