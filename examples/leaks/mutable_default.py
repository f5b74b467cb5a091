"""A default is made once: the list remembers the rows of all calls."""


def normalise(rows, seen=[]):
    for row in rows:
        if row["id"] not in seen:
            seen.append(row["id"])
            yield {key.lower(): value for key, value in row.items()}
