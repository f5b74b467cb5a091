"""A shop with Flask: carts that nobody clears, and prices that are kept as they should be."""
import time
from functools import lru_cache

from flask import Flask, jsonify, request

app = Flask(__name__)

CARTS = {}
AUDIT = []
_rates = {}


@lru_cache(maxsize=1000)
def price(article):
    return len(article) * 1.5


def rate(currency):
    if len(_rates) > 100:
        _rates.clear()
    if currency not in _rates:
        _rates[currency] = (time.time(), len(currency))
    return _rates[currency][1]


@app.route("/cart/<session>", methods=["POST"])
def add(session):
    article = request.get_json()
    CARTS.setdefault(session, []).append(article)
    AUDIT.append((time.time(), session, article))
    return jsonify(total=sum(price(a["name"]) * rate(a["currency"]) for a in CARTS[session]))


@app.route("/cart/<session>")
def show(session):
    return jsonify(CARTS.get(session, []))
