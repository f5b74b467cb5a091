import functools
import itertools

LIVE = []


def made(number=0):
    big = Big()
    LIVE.append(watch(big))
    return big


def live():
    return sum(ref() is not None for ref in LIVE)


def after_del(objects, of=None):
    """How many are there after `del` in the body of a loop, in its third round."""
    LIVE.clear()
    for item in objects:
        big = item if of is None else item[of]
        del item
        del big
        if len(LIVE) == 3:
            return live()


def at_peak(run):
    """The most that are there when one is made, that one included."""
    LIVE.clear()
    peaks = []

    def make(number=0):
        big = made()
        peaks.append(live())
        return big

    run(make)
    return max(peaks)


def unnamed(make=made):
    for number in range(5):
        yield make(number)


def named(make=made):
    for number in range(5):
        big = make(number)
        yield big


def letting_go(make=made):
    for number in range(5):
        big = make(number)
        yield big
        del big


def claim_del_frees_what_a_generator_gives_without_a_name():
    for objects in [unnamed, lambda: map(made, range(5)), lambda: (made(n) for n in range(5)), lambda: filter(None, unnamed()), lambda: itertools.islice(unnamed(), 9), lambda: itertools.chain(unnamed())]:
        assert after_del(objects()) == 0, objects


def claim_a_generator_that_has_a_name_for_it_keeps_it_until_it_goes_on():
    assert after_del(named()) == 1 and after_del(letting_go()) == 1
    assert after_del(map(lambda big: big, named())) == 1


def claim_enumerate_and_zip_keep_the_last_item_until_the_next_is_made():
    for objects in [lambda: enumerate(unnamed()), lambda: zip(range(9), unnamed()), lambda: itertools.zip_longest(range(5), unnamed())]:
        assert after_del(objects(), 1) == 1, objects


def claim_the_peak_is_two_whatever_is_deleted_and_one_after_the_rewrite():
    def enumerated(make):
        for number, big in enumerate(unnamed(make)):
            del big

    def counted(make):
        number = -1
        for big in unnamed(make):
            number += 1
            del big

    def zipped(make):
        for number, big in zip(range(5), (make(n) for n in range(5))):
            del big

    def made_inside(make):
        for number, n in zip(range(5), range(5)):
            big = make(n)
            del big

    assert [at_peak(run) for run in (enumerated, counted, zipped, made_inside)] == [2, 1, 2, 1]


def claim_both_sides_have_to_let_go():
    def walk(generator, lets_go):
        def run(make):
            for big in generator(make):
                if lets_go:
                    del big
        return run

    assert [at_peak(walk(g, True)) for g in (unnamed, letting_go, named)] == [1, 1, 2]
    assert [at_peak(walk(g, False)) for g in (unnamed, letting_go, named)] == [2, 2, 2]


def claim_an_exhausted_zip_keeps_its_last_items_as_long_as_it_has_a_name():
    LIVE.clear()
    pairs = zip(range(5), unnamed())
    for number, big in pairs:
        pass
    del big
    assert live() == 1
    del pairs
    assert live() == 0
