import functools


def claim_a_cell_holds_until_the_function_returns():
    def outer():
        rows = Big()
        ref = watch(rows)

        def name():
            return rows.name

        assert name() == "big"
        held(ref, "the variable that the inner function reads")
        del rows
        freed(ref, "del after the last call")
        return ref

    outer()


def claim_a_recursive_function_holds_what_it_reads_until_the_collector_runs():
    def outer():
        rows = Big()
        ref = watch(rows)

        def walk(depth):
            return walk(depth - 1) if depth else rows.name

        walk(3)
        return ref

    ref = outer()
    held(ref, "the cycle")
    gc.collect()
    freed(ref, "the collector")


def claim_deleting_the_name_frees_although_the_cycle_stays():
    def outer():
        rows = Big()
        ref = watch(rows)

        def walk(depth):
            return walk(depth - 1) if depth else rows.name

        result = walk(3)
        del rows
        freed(ref, "del")
        return result

    assert outer() == "big"


def claim_functions_that_call_each_other_are_a_cycle_too():
    def outer():
        rows = Big()
        ref = watch(rows)

        def even(n):
            return odd(n - 1) if n else rows.name

        def odd(n):
            return even(n - 1) if n else ""

        even(4)
        return ref

    ref = outer()
    held(ref, "the cycle")
    gc.collect()
    freed(ref, "the collector")


def claim_a_class_in_a_function_is_a_cycle():
    def outer():
        rows = Big()
        ref = watch(rows)

        class Reader:
            def name(self):
                return rows.name

        assert Reader().name() == "big"
        return ref

    ref = outer()
    held(ref, "the class")
    gc.collect()
    freed(ref, "the collector")


def claim_a_callback_holds_what_it_mentions_and_not_what_was_worked_out_before():
    def outer(callbacks):
        rows = [Big()]
        kept, gone = watch(rows[0]), Big()
        other = [gone]
        second = watch(gone)
        del gone
        callbacks.append(lambda: len(rows))
        other_len = len(other)
        callbacks.append(lambda: other_len)
        return kept, second

    callbacks = []
    kept, second = outer(callbacks)
    held(kept, "the callback")
    freed(second, "working the length out before")
    assert [callback() for callback in callbacks] == [1, 1]


def claim_partial_bound_methods_and_defaults_hold():
    for make in (lambda big: functools.partial(print, big), lambda big: big.__str__, lambda big: (lambda big=big: None)):
        big = Big()
        ref = watch(big)
        callback = make(big)
        del big
        held(ref, "the callback")
        del callback
        freed(ref, "dropping the callback")


def claim_a_later_call_needs_the_name():
    def outer():
        rows = Big()

        def name():
            return rows.name

        del rows
        try:
            name()
        except NameError:
            return True

    assert outer()


def claim_several_functions_keep_it_until_none_of_them_reads_it():
    class Button:
        def __init__(self):
            self.callbacks = []

        def connect(self, callback):
            self.callbacks.append(callback)

    def start(button):
        big = Big()
        button.connect(lambda: big.name)
        button.connect(lambda: len(big.name))
        return watch(big)

    def start_narrow(button):
        big = Big()
        name = big.name
        button.connect(lambda: name)
        button.connect(lambda: len(name))
        return watch(big)

    button = Button()
    ref = start(button)
    button.callbacks.pop()
    held(ref, "the other function")
    button.callbacks.pop()
    freed(ref, "letting go of both")
    freed(start_narrow(Button()), "reading the name before")
