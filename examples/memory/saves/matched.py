"""What a `case` captures is the object itself."""


def main(kind):
    block = bytearray(80_000_000)
    for mode in [kind]:
        if mode == "size":
            print(len(block))
    result = bytearray(100_000_000)
    print(len(result))


main("size")
