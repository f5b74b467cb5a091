"""A dict that holds what another name holds too."""


def main():
    volume = bytearray(80_000_000)
    study = {"volume": volume, "title": "scan"}
    print(len(study["volume"]))
    result = bytearray(100_000_000)
    print(len(result))


main()
