"""Either branch uses the list for the last time, and both go on for long."""
import sys


def main(short):
    rows = list(range(2_000_000))
    if short:
        print(rows[0])
        summary = bytearray(90_000_000)
    else:
        print(sum(rows))
        summary = bytearray(100_000_000)
    print(len(summary))


main(len(sys.argv) > 1)
