#!/usr/bin/env python3
"""Low-rank adapters in numpy, double precision, from what PEFT's documentation says of its files.

  adapters.py golden FILE        write the golden file of AdapterGoldenTest
  adapters.py logits DIRECTORY   print the logits of a directory with an adapter for the token ids on standard input

Each adapted matrix W becomes W + lora_alpha / r * B A, transposed where the module stores (in, out).
"""
import json
import sys

import numpy as np

from cases import CONFIGS, TEXTS, WORDS, shapes
from layers import read_safetensors
from reference import load, logits, weight

WRAPPED = "base_model.model."
CASES = {
    "bert": (["query", "value"], ["classifier"]),
    "roberta": (["key", "intermediate.dense"], ["classifier"]),
    "distilbert": (["q_lin", "v_lin"], ["classifier", "pre_classifier"]),
    "gpt2": (["c_attn"], []),
    "gpt2-classification": (["attn.c_proj", "mlp.c_proj"], ["score"]),
    "llama": (["q_proj", "v_proj"], []),
    "llama-classification": (["o_proj", "down_proj"], ["score"]),
}


def merged(config, w, tensors):
    w = dict(w)
    for name, value in tensors.items():
        name = name.removeprefix(WRAPPED)
        module = name.removesuffix(".lora_A.weight")
        if module != name:
            delta = config["lora_alpha"] / config["r"] * tensors[WRAPPED + module + ".lora_B.weight"] @ value
            w[module + ".weight"] = w[module + ".weight"] + (delta.T if config["fan_in_fan_out"] else delta)
        elif ".lora_B." not in name:
            w[name] = value
    return w


def case(name, targets, saved):
    model = CONFIGS[name]
    transposed = model["model_type"] == "gpt2"
    adapter = {"peft_type": "LORA", "r": 2, "lora_alpha": 3, "lora_dropout": 0.0, "bias": "none",
               "fan_in_fan_out": transposed, "target_modules": targets, "modules_to_save": saved or None,
               "task_type": "SEQ_CLS" if saved else "CAUSAL_LM", "base_model_name_or_path": None}
    of_tensors = {}
    for weights, shape in shapes(model).items():
        module = weights.removesuffix(".weight")
        if module != weights and any(("." + module).endswith("." + target) for target in targets):
            inner, outer = shape if transposed else shape[::-1]
            of_tensors[WRAPPED + module + ".lora_A.weight"] = (2, inner)
            of_tensors[WRAPPED + module + ".lora_B.weight"] = (outer, 2)
        if weights.split(".")[0] in saved:
            of_tensors[WRAPPED + weights] = shape
    w = merged(adapter, {k: weight(k, s) for k, s in shapes(model).items()},
               {k: weight(k, s) for k, s in of_tensors.items()})
    rows = []
    for text in TEXTS:
        ids = [WORDS.index("[CLS]")] + [WORDS.index(word) for word in text] + [WORDS.index("[SEP]")]
        rows.append({"text": " ".join(text), "logits": np.ravel(logits(model, w, np.array(ids))).tolist()})
    return {"name": name, "adapter": adapter, "shapes": of_tensors, "rows": rows}


def golden(path):
    with open(path, "w") as f:
        f.write('{"how": "src/test/python/adapters.py golden", "cases": [\n')
        f.write(",\n".join(json.dumps(case(name, *how)) for name, how in CASES.items()) + "]}\n")


def show(directory):
    config, w = load(directory)
    tensors = {k: v.astype(np.float64) for k, v in read_safetensors(directory + "/adapter_model.safetensors").items()}
    w = merged(json.load(open(directory + "/adapter_config.json")), w, tensors)
    print(json.dumps(logits(config, w, np.array(json.load(sys.stdin))).tolist()))


if __name__ == "__main__":
    {"golden": golden, "logits": show}[sys.argv[1]](sys.argv[2])
