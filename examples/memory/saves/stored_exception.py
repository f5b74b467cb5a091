"""A stored exception keeps the frame that caught it, and the rows with it."""

problems = []


def check(rows):
    if rows:
        raise ValueError("too many rows")


def load():
    rows = list(range(2_000_000))
    try:
        check(rows)
    except ValueError as problem:
        problems.append(problem)


def main():
    load()
    result = bytearray(100_000_000)
    print(len(result), len(problems))


main()
