"""Exception groups and starred subscripts (Python 3.11)."""
def f(*args: *shape):
    try:
        pass
    except* OSError as group:
        g = lambda: group
    return table[*args]
