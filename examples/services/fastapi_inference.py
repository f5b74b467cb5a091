"""Inference behind FastAPI: results wait for ever for a client that does not come back."""
import asyncio
import uuid
from collections import deque

from fastapi import FastAPI, HTTPException, UploadFile

app = FastAPI()

results = {}
_latencies = deque(maxlen=500)
_running = set()


async def infer(task_id, content):
    started = asyncio.get_running_loop().time()
    await asyncio.sleep(0)
    results[task_id] = {"size": len(content), "content": content}
    _latencies.append(asyncio.get_running_loop().time() - started)


@app.post("/tasks")
async def create(upload: UploadFile):
    task_id = uuid.uuid4().hex
    task = asyncio.create_task(infer(task_id, await upload.read()))
    _running.add(task)
    task.add_done_callback(_running.discard)
    return {"id": task_id}


@app.get("/tasks/{task_id}")
async def result(task_id: str):
    if task_id not in results:
        raise HTTPException(404)
    return {"size": results[task_id]["size"]}
