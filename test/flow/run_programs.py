"""Runs generated programs and reports what their variables hold. One JSON request per line on stdin, one answer per line on stdout.

Request: {"source": text that defines f(a, b), "tapes": [[0 ... 7, ...], ...]}. Every decision a program takes (a test's outcome, whether a call
raises, how long an iterable is) is the next number of the tape: odd ones mean yes, 7 raises. Answer: for each tape the list of what happened:
["probe", number, {name: [tag, serial]}] and ["use", number, tag, serial]. A tag says which binding made the value, a serial which object it
is. What the program does not make itself has the tag EXCEPTION or STARRED and no serial (-1).
"""
import json
import sys
import threading

NAMES = ('a', 'b', 'c')
EXCEPTION = -1
STARRED = -2


class E(Exception):
    pass


class Stop(BaseException):
    """The tape is used up."""


class Run:
    def __init__(self, tape):
        self.tape = tape
        self.next = 0
        self.events = []
        self.serial = 0
        self.stuck = None

    def take(self):
        self.next += 1
        if self.next <= len(self.tape):
            return self.tape[self.next - 1]
        if self.next > len(self.tape) + 30:
            # The program catches everything in an endless loop: leave it where it is.
            self.stuck.set()
            threading.Event().wait()
        raise Stop

    def decide(self):
        return self.take() % 2 == 1

    def may_raise(self):
        if self.take() == 7:
            raise E

    def number(self):
        self.serial += 1
        return self.serial


def namespace(run):
    class V:
        def __init__(self, tag):
            self.tag, self.serial = tag, run.number()

        def __bool__(self):
            run.may_raise()
            return run.decide()

        def __lt__(self, other):
            run.may_raise()
            return run.decide()

        def __iadd__(self, other):
            run.may_raise()
            return V(other.tag)

    class Items(list):
        pass

    class One(int):
        pass

    class Manager:
        def __init__(self, tag):
            self.tag = tag

        def __enter__(self):
            run.may_raise()
            return V(self.tag)

        def __exit__(self, kind, value, traceback):
            run.may_raise()
            return kind is not None and issubclass(kind, Exception) and run.decide()

    def seen(value):
        untagged = STARRED if type(value) is list else EXCEPTION
        return [getattr(value, 'tag', untagged), getattr(value, 'serial', -1)]

    def v(tag):
        run.may_raise()
        return V(tag)

    def u(number, value):
        run.events.append(['use', number, *seen(value)])
        run.may_raise()
        return run.decide()

    def it(tag):
        run.may_raise()
        while run.decide():
            yield V(tag)

    def m(tag):
        run.may_raise()
        if run.decide():
            return V(tag)
        subject = Items(V(tag) for _ in range(1 + run.decide())) if run.decide() else One(1)
        subject.tag, subject.serial = tag, run.number()
        return subject

    def group():
        return ExceptionGroup('', [E(), ValueError()])

    def probe(number, names):
        run.events.append(['probe', number, {name: seen(names[name]) for name in NAMES if name in names}])

    return {
        'E': E, 'V': V, 'v': v, 'u': u, 'n': run.may_raise, 't': run.decide, 'it': it, 'm': m, 'cm': Manager, 'group': group, 'probe': probe,
    }


def execute(code, run):
    names = namespace(run)
    try:
        exec(code, names)
        result = names['f'](names['V'](0), names['V'](0))
        if hasattr(result, 'throw'):
            drive(result, run)
    except BaseException:
        pass


def drive(generator, run):
    next(generator)
    while True:
        if run.decide():
            generator.throw(E())
        else:
            next(generator)


def execute_all(code, runs, finished):
    """Takes runs until none is left, or one does not end."""
    while runs:
        run = runs.pop()
        run.stuck = finished
        execute(code, run)
    finished.set()


def main():
    threading.stack_size(262144)
    # Generators that are dropped run their `finally` bodies with the tape used up.
    sys.unraisablehook = lambda unraisable: None
    for line in sys.stdin:
        request = json.loads(line)
        code = compile(request['source'], 'program', 'exec')
        runs = [Run(tape) for tape in request['tapes']]
        left = runs[:]
        while left:
            finished = threading.Event()
            threading.Thread(target=execute_all, args=(code, left, finished), daemon=True).start()
            finished.wait()
        print(json.dumps([run.events for run in runs]), flush=True)


main()
