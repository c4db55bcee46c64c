"""The layers of reference.py in numpy, double precision, and the reader of weight files."""
import json
import math
import struct

import numpy as np

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


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def attention(q, k, v, heads, kv_heads=None, causal=False):
    """Attention within one text, so without padding, over several heads.

    q has the shape (tokens, heads * size), k and v (tokens, kv_heads * size): heads / kv_heads queries share a key.
    """
    tokens, size = len(q), q.shape[1] // heads
    later = np.triu(np.ones((tokens, tokens), bool), 1) if causal else np.zeros((tokens, tokens), bool)
    out = np.empty_like(q)
    for h in range(heads):
        s = slice(h * size, (h + 1) * size)
        group = h * (kv_heads or heads) // heads
        t = slice(group * size, (group + 1) * size)
        scores = np.where(later, -np.inf, q[:, s] @ k[:, t].T / math.sqrt(size))
        out[:, s] = softmax(scores) @ v[:, t]
    return out


def read_safetensors(path):
    with open(path, "rb") as f:
        n = struct.unpack("<Q", f.read(8))[0]
        header, data = json.loads(f.read(n)), f.read()
    types = {"F32": "<f4", "I64": "<i8"}
    return {k: np.frombuffer(data[slice(*v["data_offsets"])], types[v["dtype"]]).reshape(v["shape"])
            for k, v in header.items() if k != "__metadata__"}
