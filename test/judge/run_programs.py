"""Runs generated programs before and after a fix and says where they differ. `main` reads one JSON request per line and writes one answer.

Request: {"original": text, "variants": [{"source": text, "swallow": bool, "keeps": bool}, ...], "tapes": [[0 ... 7, ...], ...]}. Every decision
a program takes (a test's outcome, whether a call raises, how long an iterable is) is the next number of the tape: odd ones mean yes, 7 raises.
`swallow`: context managers may swallow exceptions. `keeps`: the fix does more than to let go of names, so that objects may die later.

Answer: null where CPython does not compile the original; else {"events": n, "deaths": n, "exact": n, "problems": [null or text, ...]}, a
problem for each variant. Programs behave the same when they do, see and raise the same things in the same order; an object may
die only earlier. Between `begin(x)` and `end()`, which a variant has around what must free an object, the object has to die.
"""
import contextlib
import gc
import json
import sys
import types
import warnings


class E(Exception):
    pass


class Stop(BaseException):
    """The tape is used up."""


class Run:
    def __init__(self, tape, swallow):
        self.tape = tape
        self.swallow = swallow
        self.next = 0
        self.events = []
        # The number of events before the death of each object, by serial.
        self.deaths = {}
        self.serial = 0
        self.spare = 0
        self.open = True
        self.expected = []
        self.exact = 0
        self.late = []

    def take(self):
        self.next += 1
        if self.next > len(self.tape):
            raise Stop
        return self.tape[self.next - 1]

    def decide(self):
        return self.take() % 2 == 1

    def may_raise(self):
        if self.take() == 7:
            raise E

    def number(self):
        self.serial += 1
        return self.serial

    def further(self):
        self.spare -= 1
        return self.spare

    def died(self, serial):
        if self.open:
            self.deaths[serial] = len(self.events)

    def begin(self, value):
        """Notes the object whose death is due; of known kinds alone, whose other holders the program shows."""
        self.expected.append(getattr(value, 'serial', None) if isinstance(value, Known) else None)

    def end(self):
        serial = self.expected.pop()
        if serial is None:
            return
        self.exact += 1
        if serial not in self.deaths:
            self.late.append(serial)


class Known:
    """What is made by names that the analyser knows: large by the text, small in truth."""
    __slots__ = ()


def kinds(run):
    """Classes whose objects report their death."""

    class Bytes(Known, bytearray):
        def __init__(self, size):
            bytearray.__init__(self, b'123')
            self.serial = run.number()

        def __del__(self):
            run.died(self.serial)

    class List(Known, list):
        def __init__(self, items=()):
            list.__init__(self, (item for item, _ in zip(items, range(3))))
            self.serial = run.number()

        def __del__(self):
            run.died(self.serial)

    class Text(Known, str):
        def __new__(cls):
            self = str.__new__(cls, 'text')
            self.serial = run.number()
            return self

        def __del__(self):
            run.died(self.serial)

    class Number(float):
        def copy(self):
            return self

    class Array(Known):
        # Its attributes can no more be set than those of an array of numpy's.
        __slots__ = 'base', 'serial', 'shown'

        def __init__(self, base=None, source=None):
            self.base = base
            # A fix may copy what it shows: that changes no number of anything else, nor what the copy looks like.
            self.serial = run.number() if source is None else run.further()
            self.shown = self.serial if source is None else source.shown

        def __del__(self):
            run.died(self.serial)

        def __hash__(self):
            return self.shown

        def __len__(self):
            return 3

        def __iter__(self):
            return iter((1.0, 2.0, 3.0))

        def __getitem__(self, key):
            return Array(self.base or self, self) if isinstance(key, slice) else Number(1)

        def __setitem__(self, key, value):
            pass

        def __add__(self, other):
            return Array()

        def copy(self):
            return Array(source=self)

        def item(self, *index):
            return 1.0

    class V:
        def __init__(self, tag):
            self.tag, self.serial, self.kept = tag, run.number(), None

        def __del__(self):
            run.died(self.serial)

        def __bool__(self):
            run.may_raise()
            return run.decide()

        def __lt__(self, other):
            run.may_raise()
            return run.decide()

        def __iadd__(self, other):
            run.may_raise()
            return V(self.tag)

        __add__ = __radd__ = __ior__ = __iadd__

        def __len__(self):
            return 3

        def __iter__(self):
            while run.decide():
                yield V(self.tag)

        def __reversed__(self):
            return iter(self)

        def __getitem__(self, key):
            run.may_raise()
            return V(self.tag) if self.kept is None else self.kept

        def __setitem__(self, key, value):
            self.kept = value

        def __delitem__(self, key):
            self.kept = None

        def __delattr__(self, key):
            self.kept = None

        # Sets are in the same order in every run.
        def __hash__(self):
            return self.serial

        def __setattr__(self, key, value):
            object.__setattr__(self, 'kept' if key == 'item' else key, value)

        @property
        def item(self):
            return self.kept

        def append(self, value):
            self.kept = value

    return V, Bytes, List, Text, Array


def namespace(run):
    V, Bytes, List, Text, Array = kinds(run)

    class Items(list):
        pass

    class Manager:
        def __init__(self, tag):
            self.tag = tag

        def __enter__(self):
            run.may_raise()
            return V(self.tag)

        def __exit__(self, kind, value, traceback):
            run.may_raise()
            return run.swallow and kind is not None and issubclass(kind, Exception) and run.decide()

        async def __aenter__(self):
            return self.__enter__()

        async def __aexit__(self, *raised):
            return self.__exit__(*raised)

    class Awaited:
        def __init__(self, value):
            self.value = value

        def __await__(self):
            yield
            return self.value

    class File:
        def read(self):
            run.may_raise()
            return Text()

    def v(tag):
        run.may_raise()
        return V(tag)

    def u(number, *values):
        run.events.append(('use', number, *[seen(value) for value in values]))
        run.may_raise()
        return run.decide()

    def it(tag):
        run.may_raise()
        while run.decide():
            yield V(tag)

    async def ait(tag):
        for value in it(tag):
            await Awaited(None)
            yield value

    def m(tag):
        run.may_raise()
        return [V(tag), Items(V(tag) for _ in range(1 + run.decide())), {'k': V(tag)}, 1][run.take() % 4]

    def p(value=None):
        run.may_raise()
        return value

    def w(value):
        run.may_raise()
        return Awaited(value)

    def go(value):
        run.may_raise()
        result = value() if callable(value) else value
        return drive(result, run) if isinstance(result, (types.GeneratorType, types.CoroutineType)) else result

    def shown(*values):
        run.events.append(('print', *[seen(value) for value in values]))

    numpy = types.SimpleNamespace(zeros=lambda size: Array())
    sys.modules['numpy'] = numpy
    return {
        '__name__': '__main__', 'E': E, 'v': v, 'u': u, 'n': run.may_raise, 't': run.decide, 'it': it, 'ait': ait, 'm': m, 'p': p, 'w': w, 'go': go,
        'cm': Manager, 'acm': Manager, 'group': lambda: ExceptionGroup('', [E(), ValueError()]), 'begin': run.begin, 'end': run.end,
        'bytearray': Bytes, 'list': List, 'open': lambda path: File(), 'print': shown,
    }


def seen(value, depth=3):
    """A value in terms that are the same in every run."""
    if hasattr(value, 'serial'):
        return (type(value).__name__, getattr(value, 'shown', value.serial))
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if depth == 0:
        return '...'
    if isinstance(value, (list, tuple)):
        return (type(value).__name__, *[seen(item, depth - 1) for item in value])
    if isinstance(value, dict):
        return ('dict', *[(seen(key, depth - 1), seen(item, depth - 1)) for key, item in value.items()])
    if isinstance(value, NameError):
        # Which of the two it is depends on where the code stands.
        return ('NameError',)
    if isinstance(value, BaseException):
        return (type(value).__name__, *[without_class(seen(item, depth - 1)) for item in value.args])
    return type(value).__name__


def without_class(said):
    """A message may tell the class of a NameError, too."""
    return said.replace('UnboundLocalError', 'NameError') if isinstance(said, str) else said


def execute(code, run):
    names = namespace(run)
    outcome = 'end'
    try:
        exec(code, names)
        if 'f' in names:
            result = names['f'](*arguments(names))
            outcome = seen(drive(result, run) if isinstance(result, (types.GeneratorType, types.CoroutineType)) else result)
            del result
    except BaseException as error:
        outcome = ('raised', seen(error))
    run.events.append(('outcome', outcome))
    names.clear()
    run.open = False


def drive(suspended, run):
    """Takes a generator or coroutine to its end, as the tape has it."""
    try:
        value = None
        suspended.send(None)
        while True:
            choice = run.take()
            if choice == 6:
                suspended.close()
                return None
            if choice == 7:
                suspended.throw(E())
            else:
                suspended.send(value)
    except StopIteration as stop:
        return stop.value


def difference(before, after, variant):
    for index, (old, new) in enumerate(zip(before.events, after.events)):
        if old != new:
            return 'event %d was %r and is %r' % (index, old, new)
    if len(before.events) != len(after.events):
        return '%d events became %d' % (len(before.events), len(after.events))
    if before.next != after.next:
        return 'took %d decisions, takes %d' % (before.next, after.next)
    end = len(before.events)
    for serial, now in after.deaths.items():
        if not variant['keeps'] and now > before.deaths.get(serial, end):
            return 'object %d died after %d events and dies after %d' % (serial, before.deaths.get(serial, end), now)
    for serial in before.deaths:
        if not variant['keeps'] and serial not in after.deaths and before.deaths[serial] < end:
            return 'object %d died after %d events and does not die' % (serial, before.deaths[serial])
    if after.late:
        return 'object %d does not die where it should' % after.late[0]
    return None


def answer(request):
    try:
        original = compile(request['original'], 'program', 'exec')
    except SyntaxError:
        return None
    runs = {}
    total = {'events': 0, 'deaths': 0, 'exact': 0, 'problems': []}
    for variant in request['variants']:
        try:
            code = compile(variant['source'], 'program', 'exec')
        except SyntaxError as error:
            total['problems'].append('does not compile: %s' % error)
            continue
        total['problems'].append(compare(original, code, variant, request['tapes'], runs, total))
    gc.collect()
    return total


def compare(original, code, variant, tapes, runs, total):
    for index, tape in enumerate(tapes):
        key = (index, variant['swallow'])
        if key not in runs:
            runs[key] = Run(tape, variant['swallow'])
            execute(original, runs[key])
        before, after = runs[key], Run(tape, variant['swallow'])
        execute(code, after)
        total['events'] += len(after.events)
        total['deaths'] += len(after.deaths)
        total['exact'] += after.exact
        why = difference(before, after, variant)
        if why is not None:
            return '%s\ntape %r\nbefore %r\nafter  %r' % (why, tape, before.events, after.events)
    return None


def prepare():
    warnings.simplefilter('ignore')
    gc.disable()
    sys.unraisablehook = lambda unraisable: None


def arguments(names):
    """Objects for the parameters of a program."""
    return [names['v'](0) for _ in range(2)]


# Bytes that a program may take: one that takes more is to fail by itself, not with the machine.
MOST_MEMORY = 4 << 30


def main():
    # Not every system has such limits.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    prepare()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == '__main__':
    main()
