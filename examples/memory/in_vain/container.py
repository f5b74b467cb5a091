"""A container that is used to the end holds the object."""


def main():
    volume = bytearray(80_000_000)
    study = [volume]
    print(len(volume))
    del volume
    result = bytearray(100_000_000)
    print(len(study[0]), len(result))


main()
