"""A running loop holds the list it walks."""


def main():
    rows = list(range(2_000_000))
    for row in rows:
        if row == 0:
            del rows
            print(len(bytearray(100_000_000)))
            break


main()
