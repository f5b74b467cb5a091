import re


def claim_a_slice_of_a_memoryview_holds_all_of_it():
    def use():
        block = Block(1000)
        ref = watch(block)
        view = memoryview(block)[:10]
        del block
        held(ref, "the slice")
        part = bytes(view)
        del view
        freed(ref, "the copy")
        return part

    assert use() == bytes(10)


def claim_a_match_holds_the_text_its_group_does_not():
    text = Text("key = value" * 100)
    ref = watch(text)
    found = re.search("= (v)", text)
    del text
    held(ref, "the match")
    value = found.group(1)
    del found
    freed(ref, "taking the group")
    assert value == "v"


def claim_a_keys_view_holds_the_dict():
    class Mapping(dict):
        __slots__ = ("__weakref__",)

    rows = Mapping(a=1)
    ref = watch(rows)
    keys = rows.keys()
    del rows
    held(ref, "the keys")
    names = list(keys)
    del keys
    freed(ref, "the list of keys")
    assert names == ["a"]


def claim_slices_of_lists_and_bytes_are_copies():
    class Rows(list):
        __slots__ = ("__weakref__",)

    rows, block = Rows([Big()] * 10), Block(100)
    refs = watch(rows), watch(block)
    few, head = rows[:2], block[:2]
    del rows, block
    for ref in refs:
        freed(ref, "del")
    assert len(few) == len(head) == 2


def claim_collecting_slices_holds_every_block():
    refs, views, copies = [], [], []
    for _ in range(3):
        block = Block(1000)
        refs.append(watch(block))
        views.append(memoryview(block)[:2])
        copies.append(bytes(block[:2]))
        del block
    for ref in refs:
        held(ref, "the list of views")
    views.clear()
    for ref in refs:
        freed(ref, "the list of copies")


def claim_numpy_views():
    try:
        import numpy as np
    except ImportError:
        return
    for name, view in [("a short slice", lambda a: a[:2]), ("a row", lambda a: a[0]), ("a column", lambda a: a[:, 0]), ("a view of a view", lambda a: a.T[:2])]:
        class Array(np.ndarray):
            pass

        array = np.zeros((100, 100)).view(Array)
        owner = watch(array)
        part = view(array)
        del array
        held(owner, name)
        part = np.array(part)
        freed(owner, "the copy")
    array = np.zeros((100, 100)).view(Array)
    owner = watch(array)
    part = array[np.arange(2)]
    del array
    freed(owner, "picking rows, which copies")


def claim_a_torch_result_holds_what_it_was_computed_from_until_a_backward_pass():
    try:
        import torch
    except ImportError:
        return
    weights = torch.ones(8, requires_grad=True)

    def computed(given=None):
        made = torch.ones(8) * 2 if given is None else given
        ref = watch(made)
        return ref, (made * weights).sum()

    ref, loss = computed()
    held(ref, "the result")
    kept = loss.detach()
    held(ref, "the result")
    del loss
    freed(ref, "detaching")
    ref, loss = computed()
    number = loss.item()
    del loss
    freed(ref, "taking the number")
    ref, loss = computed()
    total = 0
    total += loss
    del loss
    held(ref, "the sum")
    total = total.detach()
    freed(ref, "detaching the sum")
    ref, loss = computed()
    loss.backward()
    freed(ref, "the backward pass")
    with torch.no_grad():
        ref, loss = computed()
        freed(ref, "no_grad")
    model = torch.nn.Linear(8, 1)
    model.eval()
    made = torch.ones(8) * 2
    ref = watch(made)
    out = model(made)
    del made
    held(ref, "the result, eval() or not")
    assert kept is not None and number == 16.0


def claim_each_match_of_a_list_holds_the_text():
    import re
    for keep in (list, tuple, lambda found: [m for m in found]):
        text = Text("a b c" * 100)
        ref = watch(text)
        kept = keep(re.finditer("a", text))
        del text
        held(ref, "the matches")
        del kept
        freed(ref, "letting go of the matches")


def claim_what_is_taken_out_of_the_matches_does_not():
    import re
    for keep in (lambda m: m.group(), lambda m: m.span(), lambda m: m.groupdict()):
        text = Text("a b c" * 100)
        ref = watch(text)
        kept = [keep(m) for m in re.finditer("(?P<one>a)", text)]
        del text
        freed(ref, "del, although the parts are kept")
        assert kept
