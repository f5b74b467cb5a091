"""A global that only the import needs stays for ever."""

_ROWS = list(range(2_000_000))
TOTAL = sum(_ROWS)


def main():
    result = bytearray(100_000_000)
    print(TOTAL, len(result))


if __name__ == "__main__":
    main()
