#!/usr/bin/env python3
"""An independent numpy implementation of BERT and DistilBERT classifiers, in double precision.

  reference.py check DIRECTORY...   compare with what transformers computed for fixture directories (1e-6)
  reference.py golden FILE          write the golden file of GoldenTest

The golden file holds tiny models whose weights follow a formula (see weight()), token ids, and the logits of this
implementation. It needs python3-numpy and nothing else; it shares no code with the library.
"""
import json
import math
import struct
import sys
import zlib

import numpy as np

TEXTS = [["hello"], ["set", "an", "alarm"], ["play", "some", "jazz", "please", "now"], []]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
         "hello", "set", "an", "alarm", "play", "some", "jazz", "please", "now"]
CONFIGS = {
    "bert": {
        "model_type": "bert", "vocab_size": len(WORDS), "hidden_size": 12, "num_hidden_layers": 2,
        "num_attention_heads": 3, "intermediate_size": 20, "max_position_embeddings": 10, "type_vocab_size": 2,
        "hidden_act": "gelu", "layer_norm_eps": 1e-12, "pad_token_id": 0,
        "id2label": {"0": "a", "1": "b", "2": "c"}},
    "bert-gelu-new": {
        "model_type": "bert", "vocab_size": len(WORDS), "hidden_size": 12, "num_hidden_layers": 1,
        "num_attention_heads": 2, "intermediate_size": 20, "max_position_embeddings": 10, "type_vocab_size": 2,
        "hidden_act": "gelu_new", "layer_norm_eps": 1e-5, "pad_token_id": 0, "id2label": {"0": "a", "1": "b"}},
    "bert-silu": {
        "model_type": "bert", "vocab_size": len(WORDS), "hidden_size": 12, "num_hidden_layers": 1,
        "num_attention_heads": 2, "intermediate_size": 20, "max_position_embeddings": 10, "type_vocab_size": 2,
        "hidden_act": "silu", "layer_norm_eps": 1e-12, "pad_token_id": 0, "id2label": {"0": "a", "1": "b"}},
    "distilbert": {
        "model_type": "distilbert", "vocab_size": len(WORDS), "dim": 12, "n_layers": 2, "n_heads": 3,
        "hidden_dim": 20, "max_position_embeddings": 10, "activation": "gelu", "pad_token_id": 0,
        "id2label": {"0": "a", "1": "b", "2": "c"}},
    "distilbert-relu": {
        "model_type": "distilbert", "vocab_size": len(WORDS), "dim": 12, "n_layers": 1, "n_heads": 2,
        "hidden_dim": 20, "max_position_embeddings": 10, "activation": "relu", "pad_token_id": 0,
        "id2label": {"0": "a", "1": "b"}},
}

ERF = np.vectorize(math.erf)


def activation(name, x):
    if name == "gelu":
        return x * 0.5 * (1 + ERF(x / math.sqrt(2)))
    if name in ("gelu_new", "gelu_pytorch_tanh"):
        return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))
    if name == "relu":
        return np.maximum(x, 0)
    if name == "silu":
        return x / (1 + np.exp(-x))
    raise ValueError(name)


def linear(w, name, x):
    return x @ w[name + ".weight"].T + w[name + ".bias"]


def norm(w, name, x, eps):
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + eps) * w[name + ".weight"] + w[name + ".bias"]


def attention(q, k, v, heads):
    """One text, so there is no padding and no mask: shape (tokens, width)."""
    size = q.shape[1] // heads
    out = np.empty_like(q)
    for h in range(heads):
        s = slice(h * size, (h + 1) * size)
        scores = q[:, s] @ k[:, s].T / math.sqrt(size)
        e = np.exp(scores - scores.max(-1, keepdims=True))
        out[:, s] = e / e.sum(-1, keepdims=True) @ v[:, s]
    return out


def bert(c, w, ids):
    eps = c["layer_norm_eps"]
    at = "bert.embeddings."
    x = (w[at + "word_embeddings.weight"][ids] + w[at + "token_type_embeddings.weight"][0]
         + w[at + "position_embeddings.weight"][:len(ids)])
    x = norm(w, at + "LayerNorm", x, eps)
    for i in range(c["num_hidden_layers"]):
        at = f"bert.encoder.layer.{i}."
        q, k, v = (linear(w, at + "attention.self." + n, x) for n in ("query", "key", "value"))
        a = linear(w, at + "attention.output.dense", attention(q, k, v, c["num_attention_heads"]))
        y = norm(w, at + "attention.output.LayerNorm", a + x, eps)
        f = linear(w, at + "output.dense", activation(c["hidden_act"], linear(w, at + "intermediate.dense", y)))
        x = norm(w, at + "output.LayerNorm", f + y, eps)
    return linear(w, "classifier", np.tanh(linear(w, "bert.pooler.dense", x[0])))


def distilbert(c, w, ids):
    eps = 1e-12
    at = "distilbert.embeddings."
    x = w[at + "word_embeddings.weight"][ids] + w[at + "position_embeddings.weight"][:len(ids)]
    x = norm(w, at + "LayerNorm", x, eps)
    for i in range(c["n_layers"]):
        at = f"distilbert.transformer.layer.{i}."
        q, k, v = (linear(w, at + "attention." + n, x) for n in ("q_lin", "k_lin", "v_lin"))
        a = linear(w, at + "attention.out_lin", attention(q, k, v, c["n_heads"]))
        y = norm(w, at + "sa_layer_norm", a + x, eps)
        f = linear(w, at + "ffn.lin2", activation(c["activation"], linear(w, at + "ffn.lin1", y)))
        x = norm(w, at + "output_layer_norm", f + y, eps)
    return linear(w, "classifier", np.maximum(linear(w, "pre_classifier", x[0]), 0))


def logits(c, w, ids):
    return (bert if c["model_type"] == "bert" else distilbert)(c, w, ids)


def shapes(c):
    """Names and shapes of the weights of a configuration."""
    labels = len(c["id2label"])
    s = {}

    def lin(name, inner, outer):
        s[name + ".weight"], s[name + ".bias"] = (outer, inner), (outer,)

    def ln(name, width):
        s[name + ".weight"], s[name + ".bias"] = (width,), (width,)

    if c["model_type"] == "bert":
        h, f, at = c["hidden_size"], c["intermediate_size"], "bert.embeddings."
        s[at + "word_embeddings.weight"] = (c["vocab_size"], h)
        s[at + "token_type_embeddings.weight"] = (c["type_vocab_size"], h)
        s[at + "position_embeddings.weight"] = (c["max_position_embeddings"], h)
        ln(at + "LayerNorm", h)
        for i in range(c["num_hidden_layers"]):
            at = f"bert.encoder.layer.{i}."
            for n in ("self.query", "self.key", "self.value", "output.dense"):
                lin(at + "attention." + n, h, h)
            ln(at + "attention.output.LayerNorm", h)
            lin(at + "intermediate.dense", h, f)
            lin(at + "output.dense", f, h)
            ln(at + "output.LayerNorm", h)
        lin("bert.pooler.dense", h, h)
    else:
        h, f, at = c["dim"], c["hidden_dim"], "distilbert.embeddings."
        s[at + "word_embeddings.weight"] = (c["vocab_size"], h)
        s[at + "position_embeddings.weight"] = (c["max_position_embeddings"], h)
        ln(at + "LayerNorm", h)
        for i in range(c["n_layers"]):
            at = f"distilbert.transformer.layer.{i}."
            for n in ("q_lin", "k_lin", "v_lin", "out_lin"):
                lin(at + "attention." + n, h, h)
            ln(at + "sa_layer_norm", h)
            lin(at + "ffn.lin1", h, f)
            lin(at + "ffn.lin2", f, h)
            ln(at + "output_layer_norm", h)
        lin("pre_classifier", h, h)
    lin("classifier", h, labels)
    return s


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


def read_safetensors(path):
    with open(path, "rb") as f:
        n = struct.unpack("<Q", f.read(8))[0]
        header, data = json.loads(f.read(n)), f.read()
    types = {"F32": "<f4", "I64": "<i8"}
    return {k: np.frombuffer(data[slice(*v["data_offsets"])], types[v["dtype"]]).reshape(v["shape"])
            for k, v in header.items() if k != "__metadata__"}


def check(directory):
    config = json.load(open(directory + "/config.json"))
    w = {k: v.astype(np.float64) for k, v in read_safetensors(directory + "/model.safetensors").items()}
    expected = read_safetensors(directory + "/expected.safetensors")
    worst = 0.0
    for ids, mask, wanted in zip(expected["input.input_ids"], expected["input.attention_mask"], expected["logits"]):
        worst = max(worst, np.abs(logits(config, w, ids[mask == 1]) - wanted).max())
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
        json.dump({"how": "src/test/python/reference.py golden, which agrees with transformers 5.18 on the logits of "
                          "random BERT and DistilBERT classifiers within 1e-6 (reference.py check)",
                   "words": WORDS, "cases": cases}, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    if sys.argv[1] == "check":
        sys.exit(0 if all([check(d) for d in sys.argv[2:]]) else 1)
    golden(sys.argv[2])
