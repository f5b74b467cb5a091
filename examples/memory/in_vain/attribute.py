"""An attribute of an object that lives on holds it."""


class Study:
    def load(self):
        volume = bytearray(80_000_000)
        self.volume = volume
        print(len(volume))
        del volume
        result = bytearray(100_000_000)
        print(len(result))


study = Study()
study.load()
