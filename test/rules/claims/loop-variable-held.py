def made(refs):
    rows = [Big(str(number)) for number in range(3)]
    refs.extend(watch(row) for row in rows)
    return rows


def claim_the_variable_holds_the_last_element_after_the_loop():
    refs = []
    for row in made(refs):
        pass
    held(refs[-1], "the loop's variable")
    freed(refs[0], "the end of the loop")
    row = None
    freed(refs[-1], "setting it to None")


def claim_also_after_break_and_else():
    refs = []
    for row in made(refs):
        break
    held(refs[0], "the loop's variable")
    freed(refs[-1], "leaving the loop")
    del row
    freed(refs[0], "del")
    for row in made(refs):
        pass
    else:
        held(refs[-1], "the loop's variable")


def claim_while_the_loop_runs_its_container_holds_the_element():
    refs = []
    for row in made(refs):
        del row
        for ref in refs:
            held(ref, "the container that is walked")
    for ref in refs:
        freed(ref, "the end of the loop")


def claim_del_raises_where_the_loop_had_no_round():
    def use():
        for row in []:
            pass
        try:
            del row
        except UnboundLocalError:
            return True

    assert use()


def claim_the_variable_of_a_comprehension_is_gone():
    refs = []
    names = [row.name for row in made(refs)]
    for ref in refs:
        freed(ref, "the end of the comprehension")
    assert names == ["0", "1", "2"]


def claim_zip_and_items_leave_both_variables_bound():
    refs, others = [], []
    for left, right in zip(made(refs), made(others)):
        pass
    held(refs[-1], "the first variable")
    held(others[-1], "the second variable")
    left = right = None
    freed(refs[-1], "setting it to None")
    freed(others[-1], "setting it to None")
