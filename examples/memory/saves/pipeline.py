"""Every step of a pipeline keeps its result under a name of its own: four at the peak where two would do."""


def load():
    return bytes(50_000_000)


def main():
    raw = load()
    clean = raw.lower()
    marked = clean + b"!"
    final = marked + b"?"
    print(len(final))


main()
