"""What every file of claims uses: objects whose end is seen, and a way to say when they are there. The collector is off."""
import gc
import sys
import weakref

gc.disable()


class Big:
    """A large object: weak references tell whether it is still there."""

    def __init__(self, name="big"):
        self.name = name


class Text(str):
    __slots__ = ("__weakref__",)


class Block(bytearray):
    __slots__ = ("__weakref__",)


def watch(thing):
    return weakref.ref(thing)


def held(ref, who):
    assert ref() is not None, f"freed, although it should be held by {who}"


def freed(ref, how):
    assert ref() is None, f"still held, although {how} should free it"


def run_claims(namespace):
    claims = {name: value for name, value in namespace.items() if name.startswith("claim_")}
    for name, claim in claims.items():
        try:
            claim()
        except AssertionError as error:
            print(f"{name}: {error}")
    print(len(claims), "claims")
