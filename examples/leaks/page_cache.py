"""A cache in a global: each new address stays for as long as the process runs."""
from urllib.request import urlopen

_pages = {}


def page(address):
    if address not in _pages:
        with urlopen(address) as reply:
            _pages[address] = reply.read()
    return _pages[address]
