"""A registry of jobs that nobody takes the finished ones out of, with all their rows."""
import itertools
import threading

_numbers = itertools.count(1)
JOBS = {}


class Job:
    def __init__(self, rows):
        self.rows = rows
        self.result = None
        self.done = threading.Event()

    def run(self):
        self.result = sum(len(row) for row in self.rows)
        self.done.set()


def submit(rows):
    number = next(_numbers)
    job = JOBS[number] = Job(rows)
    threading.Thread(target=job.run).start()
    return number


def result(number):
    job = JOBS[number]
    job.done.wait()
    return job.result
