"""What the module reads to make a table stays beside the table."""
import json

with open("countries.json") as source:
    _COUNTRIES = json.load(source)

CODES = {country["code"].lower() for country in _COUNTRIES}


def is_country(code):
    return code.lower() in CODES


def check(codes):
    return [code for code in codes if not is_country(code)]
