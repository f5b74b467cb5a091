import contextlib
import functools


class Step:
    """What `await` suspends at."""

    def __await__(self):
        yield


def claim_a_local_is_held_to_the_end_whatever_its_last_use():
    big = Big()
    ref = watch(big)
    big.name
    held(ref, "the name")
    del big
    freed(ref, "del")


def claim_an_iterator_that_has_given_all_holds_nothing_of_what_it_walked():
    class Rows(list):
        pass

    for make in (iter, enumerate, lambda rows: map(str, rows), lambda rows: filter(None, rows), lambda rows: (row for row in rows)):
        for walk in (list, lambda walked: [row for row in walked]):
            rows = Rows([1, 2])
            ref = watch(rows)
            walked = make(rows)
            del rows
            next(walked)
            held(ref, "the iterator in the middle of it")
            walk(walked)
            freed(ref, "its end")


def claim_a_generator_holds_its_locals_while_its_consumer_works():
    refs = []

    def rows(lets_go):
        big = Big()
        refs.append(watch(big))
        if lets_go:
            del big
        yield 1
        yield 2

    walker = rows(False)
    next(walker)
    held(refs[-1], "the suspended generator")
    walker.close()
    freed(refs[-1], "close()")
    walker = rows(True)
    next(walker)
    freed(refs[-1], "del before the yield")


def claim_a_del_after_the_yield_comes_when_the_generator_goes_on():
    refs = []

    def rows():
        big = Big()
        refs.append(watch(big))
        yield 1
        del big
        yield 2

    walker = rows()
    next(walker)
    held(refs[-1], "the suspended generator, up to its own del")
    next(walker)
    freed(refs[-1], "its own del")


def claim_a_coroutine_holds_its_locals_across_await():
    refs = []

    async def answer(lets_go):
        big = Big()
        refs.append(watch(big))
        if lets_go:
            del big
        await Step()

    for lets_go in (False, True):
        running = answer(lets_go)
        running.send(None)
        (freed if lets_go else held)(refs[-1], "the name across await")
        running.close()


def claim_an_async_generator_holds_its_locals_too():
    refs = []

    async def rows(lets_go):
        big = Big()
        refs.append(watch(big))
        if lets_go:
            del big
        yield 1

    for lets_go in (False, True):
        walker = rows(lets_go)
        try:
            walker.__anext__().send(None)
        except StopIteration:
            pass
        (freed if lets_go else held)(refs[-1], "the name across yield")
        try:
            walker.aclose().send(None)
        except StopIteration:
            pass


def claim_a_context_manager_made_of_a_generator_holds_its_locals_during_the_body():
    refs = []

    @contextlib.contextmanager
    def announced(lets_go):
        big = Big()
        refs.append(watch(big))
        if lets_go:
            del big
        yield

    with announced(False):
        held(refs[-1], "the name in the manager")
    freed(refs[-1], "the end of the block")
    with announced(True):
        freed(refs[-1], "del before the yield")


def claim_a_finished_future_holds_its_result():
    import concurrent.futures

    future = concurrent.futures.Future()
    big = Big()
    ref = watch(big)
    future.set_result(big)
    del big
    future.result()
    held(ref, "the future")
    futures = [future]
    del future
    held(ref, "the list of futures")
    del futures
    freed(ref, "letting go of the list")


def claim_a_finished_task_holds_its_result():
    import asyncio

    refs = []

    async def load():
        big = Big()
        refs.append(watch(big))
        return big

    async def run():
        task = asyncio.ensure_future(load())
        big = await task
        del big
        await asyncio.sleep(0)
        held(refs[-1], "the task")
        del task
        await asyncio.sleep(0)
        freed(refs[-1], "letting go of the task")

    loop = asyncio.new_event_loop() if sys.platform != "emscripten" else None
    if loop is None:
        return  # its loop is running already
    loop.run_until_complete(run())
    loop.close()


def claim_partial_and_the_name_hold_it_together():
    big = Big()
    ref = watch(big)
    call = functools.partial(str, big)
    del call
    held(ref, "the name")
    call = functools.partial(str, big)
    del big
    held(ref, "the partial")
    del call
    freed(ref, "letting go of both")


def claim_the_keys_of_a_mapping_hold_it():
    class Mapping(dict):
        __slots__ = ("__weakref__",)

    rows = Mapping(a=Big())
    ref = watch(rows)
    names = rows.keys()
    del rows
    held(ref, "the keys")
    del names
    freed(ref, "letting go of the keys")


def claim_a_task_holds_its_arguments_until_it_is_over_unless_it_lets_go():
    import asyncio

    async def keeping(big):
        await asyncio.sleep(0)
        big.name

    async def letting_go(big):
        del big
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    async def main():
        big = Big()
        ref = watch(big)
        task = asyncio.ensure_future(keeping(big))
        del big
        await asyncio.sleep(0)
        held(ref, "the task that runs")
        await task
        freed(ref, "the end of the task")
        big = Big()
        ref = watch(big)
        other = asyncio.ensure_future(letting_go(big))
        await asyncio.sleep(0)
        held(ref, "the caller's name")
        del big
        freed(ref, "the caller's del, after that of the coroutine")
        await other

    loop = asyncio.new_event_loop() if sys.platform != "emscripten" else None
    if loop:
        loop.run_until_complete(main())
        loop.close()


def claim_a_group_of_tasks_is_over_with_its_block_and_keeps_nothing():
    import asyncio

    async def keeping(big):
        await asyncio.sleep(0)
        return big.name

    async def main():
        big = Big()
        ref = watch(big)
        async with asyncio.TaskGroup() as group:
            group.create_task(keeping(big))
            del big
            held(ref, "the task that was not started")
        freed(ref, "the end of the block")
        assert group

    loop = asyncio.new_event_loop() if sys.platform != "emscripten" and hasattr(asyncio, "TaskGroup") else None
    if loop:
        loop.run_until_complete(main())
        loop.close()


def claim_a_block_holds_what_its_manager_was_given():
    @contextlib.contextmanager
    def keeping(big):
        yield
        big.name

    def walk():
        big = Big()
        ref = watch(big)
        with keeping(big):
            del big
            held(ref, "the manager")
        freed(ref, "the end of the block")

    walk()


def claim_the_results_themselves_keep_what_futures_kept():
    import concurrent.futures

    futures = [concurrent.futures.Future() for _ in range(2)]
    for future in futures:
        future.set_result(Big())
    refs = [watch(future.result()) for future in futures]
    results = [future.result() for future in futures]
    del futures, future
    for ref in refs:
        held(ref, "the list of results")
    del results
    for ref in refs:
        freed(ref, "letting go of the results, too")


def claim_a_list_of_tasks_holds_their_results():
    import asyncio

    refs = []

    async def load():
        big = Big()
        refs.append(watch(big))
        return big

    async def run():
        jobs = [asyncio.ensure_future(load()) for _ in range(2)]
        await asyncio.wait(jobs)
        await asyncio.sleep(0)
        for ref in refs:
            held(ref, "the list of tasks")
        del jobs
        await asyncio.sleep(0)
        for ref in refs:
            freed(ref, "letting go of the list")

    async def run_gathered():
        results = await asyncio.gather(*[load() for _ in range(2)])
        await asyncio.sleep(0)
        for ref in refs[2:]:
            held(ref, "the results")
        del results
        await asyncio.sleep(0)
        for ref in refs[2:]:
            freed(ref, "letting go of the results: their tasks have no name")

    loop = asyncio.new_event_loop() if sys.platform != "emscripten" else None
    if loop is None:
        return  # its loop is running already
    loop.run_until_complete(run())
    loop.run_until_complete(run_gathered())
    loop.close()


def claim_a_look_at_the_names_keeps_what_is_bound_then_up_to_3_12():
    def looks_first():
        known = locals()
        big = Big()
        ref = watch(big)
        del big
        freed(ref, "letting go of what was bound after the look")
        return known

    def looks_later():
        big = Big()
        ref = watch(big)
        eval("None")
        del big
        if sys.version_info < (3, 13):
            held(ref, "the snapshot")
        else:
            freed(ref, "letting go of the name")

    def looks_in_each_round():
        for _ in range(3):
            eval("None")
            big = Big()
            ref = watch(big)
            del big
            freed(ref, "letting go of it before the next look")

    looks_first()
    looks_later()
    looks_in_each_round()
