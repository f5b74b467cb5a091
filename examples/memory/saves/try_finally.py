"""What a `finally` block does happens while the names of the `try` block are held."""


def main():
    try:
        image = bytes(80_000_000)
        size = len(image)
    finally:
        log = bytearray(100_000_000)
        print(len(log))
    return size


print(main())
