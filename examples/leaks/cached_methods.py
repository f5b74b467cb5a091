"""lru_cache on methods: the cache is one for the class, and its keys keep every object that was ever asked."""
from functools import lru_cache


class Document:
    def __init__(self, path):
        with open(path, encoding="utf-8") as source:
            self.text = source.read()

    @lru_cache(maxsize=None)
    def words(self):
        return tuple(sorted(set(self.text.split())))

    @lru_cache(maxsize=None)
    def mentions(self, word):
        return self.text.count(word)


def summary(paths, words):
    return {path: [document.mentions(word) for word in words] for path in paths for document in [Document(path)]}
