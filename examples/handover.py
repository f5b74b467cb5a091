"""Arguments that the caller keeps, though the function is done with them."""
import json

import numpy as np
import requests


def totals_of(rows, url):
    # Done with rows here; the answer of the server takes its time.
    totals = {}
    for row in rows:
        totals[row["region"]] = totals.get(row["region"], 0) + row["amount"]
    response = requests.post(url, json=totals)
    return response.status_code


def report(path, url):
    rows = json.load(open(path))
    return totals_of(rows, url)


class Renderer:
    def render(self, volume, scale):
        mean = float(volume.mean())
        noise = np.ones((8192, 8192))
        return noise * mean * scale

    def run(self, path):
        volume = np.load(path)
        image = self.render(volume, scale=3)
        return image.sum()
