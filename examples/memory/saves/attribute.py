"""An attribute that one method alone uses keeps the rows as long as the object is there."""


class Report:
    def __init__(self):
        self._rows = list(range(2_000_000))
        self.total = sum(self._rows)

    def show(self):
        result = bytearray(100_000_000)
        print(self.total, len(result))


def main():
    report = Report()
    report.show()


main()
