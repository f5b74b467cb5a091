"""A service: what lives across `await`, and what the last message keeps."""
import asyncio
import json


async def import_dump(path, queue):
    with open(path) as source:
        dump = json.load(source)
    jobs = [entry["id"] for entry in dump if entry["active"]]
    for job in jobs:
        await queue.put(job)
    await queue.join()


async def consume(queue, store):
    while True:
        batch = await queue.get()
        await store(json.dumps(batch))
        queue.task_done()


def read_all(paths):
    for path in paths:
        with open(path, "rb") as source:
            content = source.read()
        yield path, len(content)


if __name__ == "__main__":
    asyncio.run(import_dump("dump.json", asyncio.Queue()))
