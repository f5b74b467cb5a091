import sys
import traceback


def fail(argument):
    raise ValueError("failed")


def claim_a_stored_exception_holds_the_locals_of_who_caught_it():
    stored = []

    def catch():
        volume = Big()
        try:
            fail(None)
        except ValueError as problem:
            stored.append(problem)
        return watch(volume)

    ref = catch()
    held(ref, "the stored exception")
    stored.clear()
    freed(ref, "dropping the exception")


def claim_it_holds_the_arguments_of_who_raised_it():
    stored = []

    def catch():
        try:
            fail(Big())
        except ValueError as problem:
            stored.append(problem)
            return watch(problem.__traceback__.tb_next.tb_frame.f_locals["argument"])

    ref = catch()
    held(ref, "the stored exception")
    stored.clear()
    freed(ref, "dropping the exception")


def freed_though_stored(keep):
    """What `keep` makes of the exception is stored; neither the frame that caught it nor the one that raised it is kept by that."""
    stored = []

    def catch():
        volume = Big()
        try:
            fail(volume)
        except ValueError as problem:
            stored.append(keep(problem))
        return watch(volume)

    freed(catch(), "storing less")


def claim_text_or_no_traceback_holds_nothing():
    for keep in (str, lambda e: traceback.format_exc(), lambda e: e.with_traceback(None)):
        freed_though_stored(keep)


def claim_a_local_exception_is_a_cycle():
    def keep():
        volume = Big()
        last = None
        try:
            fail(None)
        except ValueError as problem:
            last = problem
        assert last
        return watch(volume)

    ref = keep()
    held(ref, "the cycle of frame and exception")
    gc.collect()
    freed(ref, "the collector")


def claim_exc_info_and_a_local_list_are_cycles():
    def info():
        volume = Big()
        try:
            fail(None)
        except ValueError:
            found = sys.exc_info()
            assert found
        return watch(volume)

    def collected():
        volume = Big()
        problems = []
        try:
            fail(None)
        except ValueError as problem:
            problems.append(problem)
        return watch(volume)

    for function in (info, collected):
        ref = function()
        held(ref, "the cycle")
        gc.collect()
        freed(ref, "the collector")


def claim_deleting_the_local_breaks_the_cycle():
    def info():
        volume = Big()
        try:
            fail(None)
        except ValueError:
            found = sys.exc_info()
            assert found
            del found
        return watch(volume)

    freed(info(), "del")


def claim_the_failed_attempt_is_there_while_the_handler_runs_and_gone_after_the_statement():
    refs = []

    def attempt():
        table = Big()
        refs.append(watch(table))
        raise MemoryError

    try:
        attempt()
    except MemoryError:
        gc.collect()
        held(refs[0], "the exception being handled")
    freed(refs[0], "leaving the handler")


def claim_what_has_the_exception_holds_as_much():
    class Refused(Exception):
        def __init__(self, cause):
            self.text = "refused"

    containers = (
        lambda e: (1, e), lambda e: {"error": e}, lambda e: [e], lambda e: RuntimeError(e), lambda e: Refused(e), lambda e: e.__traceback__, lambda e: sys.exc_info(),
        lambda e: sys.exc_info()[1], lambda e: (type(e), e, e.__traceback__),
    )
    for keep in containers:
        stored = []

        def catch():
            volume = Big()
            try:
                fail(None)
            except ValueError as problem:
                stored.append(keep(problem))
            return watch(volume)

        ref = catch()
        held(ref, "what has the exception")
        stored.clear()
        freed(ref, "dropping it")


def claim_what_has_its_type_or_its_bare_self_holds_nothing():
    for keep in (type, lambda e: sys.exc_info()[0], lambda e: RuntimeError(str(e)), lambda e: (1, e.with_traceback(None)), lambda e: RuntimeError(e.with_traceback(None))):
        freed_though_stored(keep)


def claim_a_returned_exception_holds_the_locals_of_who_returned_it():
    refs = []

    def catch():
        volume = Big()
        refs.append(watch(volume))
        try:
            fail(None)
        except ValueError as problem:
            return None, problem

    result = catch()
    held(refs[0], "the returned exception")
    del result
    freed(refs[0], "dropping it")
