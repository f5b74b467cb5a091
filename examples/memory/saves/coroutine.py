"""A coroutine keeps its locals while it awaits."""
import asyncio


async def main():
    block = bytearray(80_000_000)
    size = len(block)
    await asyncio.sleep(0)
    result = bytearray(100_000_000)
    print(size, len(result))


asyncio.run(main())
