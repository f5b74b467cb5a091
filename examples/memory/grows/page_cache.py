"""A table that every new address adds to, and that nothing takes anything out of."""

_pages = {}


def page(url):
    if url not in _pages:
        _pages[url] = bytes(100_000)
    return _pages[url]


def serve(rounds=1000):
    size = 0
    for number in range(rounds):
        size += len(page(f"/articles/{number}"))
    print(size)
