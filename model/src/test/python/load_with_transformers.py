#!/usr/bin/env python3
"""Loads a saved directory with transformers and prints logits.

  load_with_transformers.py classifier DIRECTORY < texts.json    logits of a list of texts, as JSON
  load_with_transformers.py bare DIRECTORY                       the weights that AutoModel did not find, as JSON
"""
import json
import sys

import torch
import transformers

kind, directory = sys.argv[1:3]
if kind == "bare":
    _, info = transformers.AutoModel.from_pretrained(directory, output_loading_info=True)
    print(json.dumps(sorted(info["missing_keys"]) + sorted(info["unexpected_keys"])))
else:
    texts = json.load(sys.stdin)
    tokenizer = transformers.AutoTokenizer.from_pretrained(directory)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(directory).eval()
    with torch.no_grad():
        rows = [model(**tokenizer(text, return_tensors="pt")).logits[0].tolist() for text in texts]
    labels = [model.config.id2label[i] for i in range(model.config.num_labels)]
    print(json.dumps({"labels": labels, "logits": rows}))
