"""Views that show little and keep everything: first rows, borders, a match."""
import re

import numpy as np
import pandas as pd
import requests


def previews(paths):
    # Each slice keeps the whole file it was taken from.
    found = []
    for path in paths:
        volume = np.load(path)
        found.append(volume[:2])
    return found


class Table:
    def load(self, path):
        frame = pd.read_csv(path)
        self.sample = frame.head(20)
        self.total = float(frame["amount"].sum())


def linked_page(path):
    # The match keeps the page, all the while the next one is fetched.
    with open(path) as source:
        page = source.read()
    link = re.search(r'href="(.*)" title="(.*)"', page)
    answer = requests.get(link.group(1))
    return link.group(2), answer.status_code
