import contextlib
import functools

SEEN = []


def made():
    big = Big()
    SEEN.append(watch(big))
    return big


def is_there():
    return SEEN[-1]() is not None


def lets_go(big):
    del big
    return is_there()


def rebinds(big):
    big = 1
    return is_there() and big


def keeps(big):
    big.name
    return is_there()


def forwards(*args, **kwargs):
    return lets_go(*args, **kwargs)


class Thing:
    def lets_go(self, big):
        del big
        return is_there()


def claim_the_caller_holds_whatever_the_function_does():
    def call():
        big = made()
        return lets_go(big)

    for _ in range(60):
        assert call(), "freed, although the caller has a name"


def claim_without_a_name_the_function_can_free_it_from_3_11_on():
    for _ in range(60):
        early = [not lets_go(made()), not Thing().lets_go(made()), not lets_go(big=made()), not rebinds(made())]
        assert early == [sys.version_info >= (3, 11)] * 4, early


def claim_both_names_have_to_go():
    assert keeps(made()), "freed, although the function has a name"


def claim_what_stands_between_holds_it():
    assert forwards(made()) and functools.partial(lets_go)(made())


def frees_in_generator_and_coroutine(through):
    def generator(big):
        del big
        yield is_there()

    async def coroutine(big):
        del big
        return is_there()

    assert list(through(generator)(made())) == [False]
    try:
        through(coroutine)(made()).send(None)
    except StopIteration as end:
        assert end.value is False


def claim_generators_and_coroutines_can_free_it_always():
    frees_in_generator_and_coroutine(lambda function: function)


def claim_the_caller_of_a_generator_holds_it():
    def generator(big):
        del big
        yield is_there()

    def walk():
        big = made()
        for there in generator(big):
            assert there

    walk()


def claim_a_popped_argument_has_no_other_name():
    box = [made()]
    assert lets_go(box.pop()) == (sys.version_info < (3, 11))


def claim_a_display_that_is_spread_hands_it_over_from_3_12_on():
    for _ in range(60):
        early = [not lets_go(*[made()]), not lets_go(**{"big": made()})]
        assert early == [sys.version_info >= (3, 12)] * 2, early


def claim_methods_of_classes_hand_it_over_too():
    class Uploader:
        @classmethod
        def by_class(cls, big):
            del big
            return is_there()

        @staticmethod
        def alone(big):
            del big
            return is_there()

    for _ in range(60):
        early = [not Uploader.by_class(made()), not Uploader().by_class(made()), not Uploader.alone(made()), not bool(Uploader.alone(made()))]
        assert early == [sys.version_info >= (3, 11)] * 4, early


def claim_a_call_that_makes_an_object_may_keep_its_arguments():
    class Announcement:
        def __init__(self, big):
            del big
            self.late = is_there()

    assert Announcement(made()).late, "freed, though the class was given it for the first time"


def claim_what_is_taken_out_of_a_list_can_be_let_go_always():
    def takes(box):
        big = box.pop()
        del big
        return is_there()

    class Announcement:
        def __init__(self, box):
            big = box.pop()
            del big
            self.late = is_there()

    for _ in range(60):
        assert not takes([made()]) and not Announcement([made()]).late


def claim_a_generator_that_was_not_started_holds_its_arguments():
    def later(big):
        yield is_there()

    big = made()
    walker = later(big)
    del big
    assert is_there()
    del walker
    assert not is_there()


def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)
    return wrapper


def claim_a_decorator_and_partial_hold_it_to_the_end():
    decorated = traced(lets_go)
    for _ in range(60):
        assert decorated(made()) and decorated(big=made()) and functools.partial(lets_go)(big=made())


def claim_what_is_popped_can_be_let_go_through_them_too():
    def takes(box):
        big = box.pop()
        del big
        return is_there()

    assert not traced(takes)([made()]) and not functools.partial(takes)([made()])


def claim_generators_and_coroutines_free_it_behind_plain_decorators_and_partial():
    for through in (traced, functools.partial):
        frees_in_generator_and_coroutine(through)


def claim_a_decorator_that_awaits_holds_it():
    async def coroutine(big):
        del big
        return is_there()

    async def wrapper(*args, **kwargs):
        return await coroutine(*args, **kwargs)

    try:
        wrapper(made()).send(None)
    except StopIteration as end:
        assert end.value is True


def claim_a_context_manager_holds_it_unless_it_lets_go():
    @contextlib.contextmanager
    def keeping(big):
        yield big.name

    @contextlib.contextmanager
    def letting_go(big):
        del big
        yield

    for _ in range(60):
        with keeping(made()):
            assert is_there()
        assert not is_there()
        with letting_go(made()):
            assert not is_there()


def claim_a_list_that_is_spread_by_name_holds_it():
    arguments = [made()]
    assert lets_go(*arguments)
    options = {"big": made()}
    assert lets_go(**options)


def claim_a_decorator_that_gives_the_function_back_holds_nothing():
    noted = {}

    def registered(name):
        def register(function):
            noted[name] = function
            return function
        return register

    @registered("f")
    def f(big):
        del big
        return is_there()

    for _ in range(60):
        assert f(made()) == (sys.version_info < (3, 11))


def claim_a_wrapper_in_the_class_holds_it_to_the_end():
    class Sender:
        def logged(method):
            def wrapper(self, *args, **kwargs):
                return method(self, *args, **kwargs)
            return wrapper

        @logged
        def send(self, big):
            del big
            return is_there()

    for _ in range(60):
        assert Sender().send(made())


def claim_a_list_that_keeps_its_name_holds_it_without_a_name_it_does_not_from_3_12_on():
    def named():
        arguments = [made()]
        return lets_go(*arguments)

    def by_name():
        options = {"big": made()}
        return lets_go(**options)

    def popped():
        arguments = [made()]
        return lets_go(arguments.pop())

    for _ in range(60):
        assert named() and by_name()
        assert popped() == (sys.version_info < (3, 11))
        assert lets_go(*[made()]) == lets_go(**dict(big=made())) == (sys.version_info < (3, 12))
