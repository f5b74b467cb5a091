"""A list of all objects of a class, which outlive every other use of them."""


class Connection:
    _everyone = []

    def __init__(self, number):
        self.number = number
        self.buffer = bytearray(1_000_000)
        Connection._everyone.append(self)

    def read(self):
        return len(self.buffer) + self.number


def serve(rounds=100):
    size = 0
    for number in range(rounds):
        size += Connection(number).read()
    print(size)
