"""A list for each user: both the users and their events only become more."""
import time
from collections import defaultdict

_events = defaultdict(list)


def received(user, message):
    _events[user].append((time.monotonic(), message))


def rate(user):
    now = time.monotonic()
    return sum(1 for moment, _ in _events[user] if now - moment < 60)
