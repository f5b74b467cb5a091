"""A class that lists its objects keeps them all alive."""


class Connection:
    everyone = []

    def __init__(self, address):
        self.address = address
        self.buffer = bytearray(1 << 20)
        Connection.everyone.append(self)

    @classmethod
    def broadcast(cls, data):
        for connection in cls.everyone:
            connection.buffer[:len(data)] = data
