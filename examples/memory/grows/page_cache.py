"""A table that every new address adds to, and that nothing takes anything out of."""

_pages = {}


def page(url):
    if url not in _pages:
        _pages[url] = bytes(100_000)
    return _pages[url]


def addresses(rounds):
    for number in range(rounds):
        yield f"/articles/{number}"


def serve(rounds=1000):
    size = 0
    for url in addresses(rounds):
        size += len(page(url))
    print(size)
