"""A signal that lives as long as the process keeps the bound methods of everybody who ever connected."""


class Signal:
    def __init__(self):
        self.receivers = []

    def connect(self, receiver):
        self.receivers.append(receiver)

    def send(self, value):
        for receiver in self.receivers:
            receiver(value)


theme_changed = Signal()


class Window:
    def __init__(self, document):
        self.document = document
        theme_changed.connect(self.repaint)

    def repaint(self, theme):
        print("repainting", len(self.document), theme)
