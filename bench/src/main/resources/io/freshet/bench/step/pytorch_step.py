"""Trains with PyTorch and transformers what Freshet trains, for comparison.

Reads one JSON object a line from standard input and answers each with one line on standard output:
  {"do": "load", "name", "model", "precision", "threads", "clock", "rate", "decay", "clip", "seed"} -> what runs here
  {"do": "loss", "name", "batch"} -> the loss of one batch without dropout
  {"do": "run", "name", "batches"} -> seconds of each part of a step on each of them
A batch is {"ids": [[token ids of a text] ...], "labels": [row of the head ...]}. Standard input's end is the end.
"""

import contextlib
import gc
import json
import sys
import time

try:
    import torch
    import transformers
except ImportError as missing:
    sys.exit("this python lacks %s; --python needs one with torch and transformers" % missing.name)


def decays(name):
    """Neither biases nor normalisation weights do, as in a current Trainer."""
    return not name.endswith("bias") and "norm" not in name.lower()


class Contestant:
    """A classifier with PyTorch's own loop: dropout on, gradients clipped, fused AdamW."""

    def __init__(self, asked):
        torch.manual_seed(asked["seed"])
        self.model = transformers.AutoModelForSequenceClassification.from_pretrained(
            asked["model"], attn_implementation="sdpa", dtype=torch.float32
        )
        self.padding = self.model.config.pad_token_id or 0
        self.clip = asked["clip"]
        self.clock = {"elapsed": time.perf_counter, "cpu": time.thread_time}[asked["clock"]]
        self.bf16 = asked["precision"] == "bf16"
        parameters = list(self.model.named_parameters())
        plain = [p for n, p in parameters if not decays(n)]
        decayed = [p for n, p in parameters if decays(n)]
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": asked["decay"]}, {"params": plain, "weight_decay": 0.0}],
            lr=asked["rate"],
            fused=True,
        )

    def autocast(self):
        if self.bf16:
            return torch.autocast("cpu", dtype=torch.bfloat16)
        return contextlib.nullcontext()

    def tensors(self, batch):
        rows = batch["ids"]
        width = max(map(len, rows))
        return {
            "input_ids": torch.tensor([row + [self.padding] * (width - len(row)) for row in rows]),
            "attention_mask": torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows]),
            "labels": torch.tensor(batch["labels"]),
        }

    def loss(self, asked):
        self.model.eval()
        with torch.no_grad(), self.autocast():
            found = self.model(**self.tensors(asked["batch"])).loss
        return {"loss": float(found)}

    def run(self, asked):
        self.model.train()
        seconds = dict.fromkeys(("data", "forward", "backward", "optimizer"), 0.0)
        loss = 0.0
        gc.collect()
        begin = self.clock()
        for batch in asked["batches"]:
            t0 = self.clock()
            inputs = self.tensors(batch)
            t1 = self.clock()
            with self.autocast():
                found = self.model(**inputs).loss
            t2 = self.clock()
            found.backward()
            t3 = self.clock()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.clip)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            loss += found.item()
            t4 = self.clock()
            for part, spent in zip(seconds, (t1 - t0, t2 - t1, t3 - t2, t4 - t3)):
                seconds[part] += spent
        return {"total": self.clock() - begin, **seconds, "loss": loss / len(asked["batches"])}


def main():
    contestants = {}
    for line in sys.stdin:
        asked = json.loads(line)
        name, do = asked["name"], asked["do"]
        if do == "load":
            torch.set_num_threads(asked["threads"])
            contestants[name] = Contestant(asked)
            answer = {
                "torch": torch.__version__,
                "transformers": transformers.__version__,
                "parameters": sum(p.numel() for p in contestants[name].model.parameters()),
                "build": torch.__config__.show(),
            }
        else:
            answer = {"run": contestants[name].run, "loss": contestants[name].loss}[do](asked)
        print(json.dumps(answer), flush=True)


transformers.logging.set_verbosity_error()
main()
