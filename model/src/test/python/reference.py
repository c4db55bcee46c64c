#!/usr/bin/env python3
"""An independent numpy implementation of the model families, in double precision.

  reference.py check DIRECTORY...       compare with what transformers computed for fixture directories (1e-6)
  reference.py golden FILE              write the golden file of GoldenTest
  reference.py greedy DIRECTORY FILE    write the 200 tokens that a Llama gives after a prompt (GreedyTest's file)

The golden file holds tiny models whose weights follow a formula (see weight()), token ids, and the logits of this
implementation. It needs python3-numpy and nothing else; it shares no code with the library.
"""
import json
import math
import sys
import zlib

import numpy as np

import bpe
import decoders
import encoders
from cases import CONFIGS, TEXTS, WORDS, shapes
from layers import read_safetensors

PROMPT = "Once upon a time"


def logits(c, w, ids):
    """One row a class for classifiers; for language models a row a token, a column a word."""
    family = decoders if c["model_type"] in ("gpt2", "llama") else encoders
    classifies = c["architectures"][0].endswith("ForSequenceClassification")
    return (family.classes if classifies else family.words)(c, w, ids)


def weight(name, shape):
    """A linear congruential sequence from the checksum of the name: in [-0.5, 0.5), the same in any language.

    The scales of normalisation layers lie around 1. Every value is a multiple of 2^-23, so exact in float32.
    """
    shift = 1 if "norm" in name.lower() and name.endswith(".weight") else 0
    state = zlib.crc32(name.encode()) & 0x7FFFFFFF
    values = []
    for _ in range(math.prod(shape)):
        state = (1103515245 * state + 12345) & 0x7FFFFFFF
        values.append((state >> 8) / 2.0 ** 23 - 0.5 + shift)
    return np.array(values).reshape(shape)


def load(directory):
    weights = read_safetensors(directory + "/model.safetensors")
    return json.load(open(directory + "/config.json")), {k: v.astype(np.float64) for k, v in weights.items()}


def check(directory):
    c, w = load(directory)
    expected = read_safetensors(directory + "/expected.safetensors")
    worst = 0.0
    for ids, mask, wanted in zip(expected["input.input_ids"], expected["input.attention_mask"], expected["logits"]):
        found = logits(c, w, ids[mask == 1])
        worst = max(worst, np.abs(found - (wanted if wanted.ndim == 1 else wanted[mask == 1])).max())
    print(f"{directory}: largest difference from transformers' logits {worst:.3g}")
    return worst <= 1e-6


def golden(path):
    cases = []
    for name, config in CONFIGS.items():
        w = {k: weight(k, s) for k, s in shapes(config).items()}
        rows = []
        for text in TEXTS:
            ids = [WORDS.index("[CLS]")] + [WORDS.index(word) for word in text] + [WORDS.index("[SEP]")]
            rows.append({"text": " ".join(text), "ids": ids, "logits": logits(config, w, np.array(ids)).tolist()})
        cases.append({"name": name, "config": config, "shapes": shapes(config), "rows": rows})
    with open(path, "w") as f:
        f.write(json.dumps({"how": "src/test/python/reference.py golden", "words": WORDS})[:-1] + ', "cases": [\n')
        f.write(",\n".join(json.dumps(case) for case in cases) + "]}\n")


def greedy(directory, path):
    c, w = load(directory)
    tokenizer = json.load(open(directory + "/tokenizer.json"))
    prompt = [c["bos_token_id"]] + bpe.encode(tokenizer, PROMPT)
    ids, lead = list(prompt), math.inf
    while len(ids) < len(prompt) + 200:
        row = logits(c, w, np.array(ids))[-1]
        second, first = np.sort(row)[-2:]
        lead = min(lead, first - second)
        ids.append(int(np.argmax(row)))
    print(f"smallest lead of a token over the next best: {lead:.3g}")
    print(bpe.decode(tokenizer, ids[1:]))
    with open(path, "w") as f:
        json.dump({"how": f"src/test/python/reference.py greedy; a token leads by {lead:.3g} at least",
                   "prompt": PROMPT, "promptIds": prompt, "ids": ids[len(prompt):]}, f)
        f.write("\n")


if __name__ == "__main__":
    if sys.argv[1] == "check":
        sys.exit(0 if all([check(d) for d in sys.argv[2:]]) else 1)
    {"golden": golden, "greedy": greedy}[sys.argv[1]](*sys.argv[2:])
