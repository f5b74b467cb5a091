def claim_another_name_holds_it():
    big = Big()
    ref = watch(big)
    other = big
    del big
    held(ref, "the other name")
    del other
    freed(ref, "letting go of that too")


def claim_a_running_loop_holds_what_it_walks():
    class Rows(list):
        __slots__ = ("__weakref__",)

    rows = Rows([1, 2])
    ref = watch(rows)
    for row in rows:
        if row == 1:
            del rows
        held(ref, "the loop")
    freed(ref, "the end of the loop")


def claim_a_container_and_an_attribute_hold_it():
    class Owner:
        pass

    owner, big, listed = Owner(), Big(), Big()
    refs = watch(big), watch(listed)
    owner.big, several = big, [listed]
    del big, listed
    for ref in refs:
        held(ref, "what it was stored in")
    owner.big = None
    several.clear()
    for ref in refs:
        freed(ref, "making that forget it")


def claim_what_an_object_had_it_may_forget_before():
    class Owner:
        pass

    owner = Owner()
    owner.cache = Big()
    base = owner.cache
    ref = watch(base)
    owner.cache = None
    held(ref, "the local name")
    del base
    freed(ref, "del")


def claim_of_two_names_that_one_may_stand_for_the_other_is_freed():
    for is_first in (True, False):
        first, second = Big(), Big()
        refs = watch(first), watch(second)
        picked = first if is_first else second
        del first, second
        held(refs[0 if is_first else 1], "the name for one of them")
        freed(refs[1 if is_first else 0], "del")
        del picked


def claim_the_end_of_the_function_frees_it_anyway():
    def use():
        big = Big()
        return watch(big)

    freed(use(), "the end of the function")


def claim_enumerate_holds_the_last_item_until_the_next():
    refs = []

    def made():
        for _ in range(2):
            big = Big()
            refs.append(watch(big))
            yield big
            del big

    for _, big in enumerate(made()):
        del big
        held(refs[-1], "enumerate")
