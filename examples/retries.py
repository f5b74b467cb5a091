"""Exceptions keep the functions they passed through: stored, and while they are handled."""
import json

import torch


class Sender:
    def send_all(self, path, send):
        # The stored exception keeps rows.
        with open(path) as source:
            rows = json.load(source)
        try:
            send(rows)
        except OSError as problem:
            self.problem = problem


def train_step(model, batch):
    # The second attempt runs while the first one's tensors are still there: empty_cache() frees none of them.
    try:
        loss = model.step(batch)
    except torch.cuda.OutOfMemoryError:
        torch.cuda.empty_cache()
        loss = model.step(batch[:8])
    return loss
