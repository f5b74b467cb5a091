"""The block of a `with` statement is no scope: what it binds lives on after it."""
import threading

lock = threading.Lock()


def main():
    with lock:
        image = bytes(80_000_000)
        size = len(image)
    result = bytearray(100_000_000)
    print(size, len(result))


main()
