"""A list grown piece by piece, and not needed once its pieces are joined."""


def main():
    pieces = []
    for number in range(200_000):
        pieces.append(bytes(400 + number % 7))
    longest = max(len(piece) for piece in pieces)
    result = bytearray(160_000_000)
    print(longest, len(result))


main()
