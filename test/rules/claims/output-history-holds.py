import builtins
import contextlib
import io


def show(value):
    """What the prompt does with the value of an expression."""
    with contextlib.redirect_stdout(io.StringIO()):
        sys.__displayhook__(value)


def claim_what_is_shown_is_held_when_its_name_is_gone():
    big = Big()
    ref = watch(big)
    show(big)
    del big
    held(ref, "`_`")
    show(1)
    freed(ref, "the next value that is shown")
    del builtins._


def claim_print_and_an_assignment_hold_nothing():
    big = Big()
    ref = watch(big)
    print(big, file=io.StringIO())
    del big
    freed(ref, "print() and del")


def claim_a_history_of_all_outputs_holds_each():
    # As IPython does: `Out` is a dict of what each cell showed.
    Out = {}
    refs = []
    for number in range(2):
        big = Big()
        refs.append(watch(big))
        Out[number] = big
        del big
    for ref in refs:
        held(ref, "Out")
    Out.clear()
    for ref in refs:
        freed(ref, "clearing it")
