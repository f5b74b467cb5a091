"""Inner functions: read after the last call, calling themselves, called back much later."""
import json

import requests


def totals(path, url, names):
    # The list stays for total_of, which is not called again, while the answer is waited for.
    with open(path) as source:
        rows = json.load(source)

    def total_of(name):
        return sum(row["amount"] for row in rows if row["name"] == name)

    found = {}
    for name in names:
        found[name] = total_of(name)
    answer = requests.post(url, json=found)
    return answer.status_code


def longest_chain(path, start):
    # walk() calls itself: only the garbage collector frees edges.
    with open(path) as source:
        edges = json.load(source)

    def walk(node, depth):
        children = edges[node]
        if not children:
            return depth
        return max(walk(child, depth + 1) for child in children)

    return walk(start, 0)


def on_close(window, path):
    # The callback wants a number and keeps the list.
    with open(path) as source:
        rows = json.load(source)
    print(rows[0])
    window.connect(lambda: print(len(rows), "rows were loaded"))
