#!/usr/bin/env python3
"""Loads a saved directory with transformers and prints logits.

  load_with_transformers.py classifier DIRECTORY < texts.json    logits of a list of texts, as JSON
  load_with_transformers.py bare DIRECTORY                       the weights that AutoModel did not find, as JSON
  load_with_transformers.py named DIRECTORY < texts.json         the same of the class that the directory names, with the
                                                                 logits of each text in one row, as JSON
"""
import json
import sys

import torch
import transformers

kind, directory = sys.argv[1:3]
if kind == "bare":
    _, info = transformers.AutoModel.from_pretrained(directory, output_loading_info=True)
    print(json.dumps(sorted(info["missing_keys"]) + sorted(info["unexpected_keys"])))
elif kind == "named":
    texts = json.load(sys.stdin)
    tokenizer = transformers.AutoTokenizer.from_pretrained(directory)
    name = transformers.AutoConfig.from_pretrained(directory).architectures[0]
    model, info = getattr(transformers, name).from_pretrained(directory, output_loading_info=True)
    model.eval()
    with torch.no_grad():
        rows = [model(**tokenizer(text, return_tensors="pt")).logits.flatten().tolist() for text in texts]
    print(json.dumps({
        "class": name,
        "different": sorted(info["missing_keys"]) + sorted(info["unexpected_keys"]),
        "logits": rows,
    }))
else:
    texts = json.load(sys.stdin)
    tokenizer = transformers.AutoTokenizer.from_pretrained(directory)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(directory).eval()
    with torch.no_grad():
        rows = [model(**tokenizer(text, return_tensors="pt")).logits[0].tolist() for text in texts]
    labels = [model.config.id2label[i] for i in range(model.config.num_labels)]
    print(json.dumps({"labels": labels, "logits": rows}))
