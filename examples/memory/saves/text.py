"""A long text, searched once."""


def main():
    text = "memory " * 12_000_000
    found = text.count("mem")
    result = bytearray(100_000_000)
    print(found, len(result))


main()
