"""Every step of a pipeline keeps its result under a name of its own: four copies where two would do."""

UPPER = bytes(range(256))


def load():
    return bytes(50_000_000)


def main():
    raw = load()
    clean = raw.translate(UPPER)
    shifted = clean.replace(b"\x01", b"\x02") + b"!"
    final = shifted + b"?"
    print(len(final))


main()
