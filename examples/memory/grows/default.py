"""A default is made once, with the function: all calls share it, and it keeps what each of them puts in."""


def collect(block, seen=[]):
    seen.append(block)
    return len(seen)


def serve(rounds=100):
    count = 0
    for _ in range(rounds):
        count += collect(bytes(1_000_000)) > 0
    print(count)
