"""A nightly report: the classic case. Open this file in the editor and look at the hints."""
import json
import time

import requests


def load_rows(path):
    with open(path) as source:
        return json.load(source)


def summarise(rows):
    totals = {}
    for row in rows:
        totals[row["region"]] = totals.get(row["region"], 0) + row["amount"]
    return totals


def render(totals):
    time.sleep(0.1)
    return [f"{region}: {amount}" for region, amount in sorted(totals.items())]


def upload(url, figures):
    response = requests.post(url, json=figures)
    response.raise_for_status()


def report(path, url):
    rows = load_rows(path)
    totals = summarise(rows)
    figures = render(totals)
    upload(url, figures)


def report_without_drag(path):
    rows = load_rows(path)
    return summarise(rows)
