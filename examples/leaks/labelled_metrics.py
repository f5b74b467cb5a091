"""A counter for each combination of labels: with a user's number among them there is no end of combinations."""


class Counter:
    def __init__(self, name):
        self.name = name
        self.children = {}

    def labels(self, *values):
        if values not in self.children:
            self.children[values] = Child(values)
        return self.children[values]


class Child:
    def __init__(self, values):
        self.values = values
        self.count = 0

    def increase(self):
        self.count += 1


requests_total = Counter("requests_total")
