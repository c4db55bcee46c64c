"""GPT-2 and Llama in numpy, double precision: a text's logits."""
import math

import numpy as np

from layers import activation, attention, norm


def gpt2(c, w, ids):
    """Outputs of the last layer: shape (tokens, width)."""
    def conv(name, x):
        return x @ w[name + ".weight"] + w[name + ".bias"]

    eps, act = c["layer_norm_epsilon"], c.get("activation_function", "gelu_new")
    x = w["transformer.wte.weight"][ids] + w["transformer.wpe.weight"][:len(ids)]
    for i in range(c["n_layer"]):
        at = f"transformer.h.{i}."
        q, k, v = np.split(conv(at + "attn.c_attn", norm(w, at + "ln_1", x, eps)), 3, axis=1)
        if c.get("scale_attn_by_inverse_layer_idx"):
            q = q / (i + 1)
        x = x + conv(at + "attn.c_proj", attention(q, k, v, c["n_head"], causal=True))
        y = norm(w, at + "ln_2", x, eps)
        x = x + conv(at + "mlp.c_proj", activation(act, conv(at + "mlp.c_fc", y)))
    return norm(w, "transformer.ln_f", x, eps)


def frequencies(c, size):
    """Angles per position of each pair of features (Su et al., RoFormer), scaled as rope_parameters say."""
    rope = c.get("rope_parameters") or c.get("rope_scaling") or {}
    base = rope.get("rope_theta", c.get("rope_theta", 10000.0))
    f = base ** (-np.arange(0, size, 2) / size)
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind == "linear":
        return f / rope["factor"]
    if kind == "llama3":
        low, high = rope["low_freq_factor"], rope["high_freq_factor"]
        turns = rope["original_max_position_embeddings"] * f / (2 * math.pi)
        smooth = np.clip((turns - low) / (high - low), 0, 1)
        return smooth * f + (1 - smooth) * f / rope["factor"]
    if kind != "default":
        raise ValueError(kind)
    return f


def rotate(x, heads, angles):
    y = x.reshape(len(x), heads, -1)
    a, b = np.split(y, 2, axis=2)
    cos, sin = np.cos(angles)[:, None], np.sin(angles)[:, None]
    return np.concatenate([a * cos - b * sin, b * cos + a * sin], axis=2).reshape(x.shape)


def llama(c, w, ids):
    """Outputs of the last layer: shape (tokens, width)."""
    def rms(name, x):
        return x / np.sqrt((x ** 2).mean(-1, keepdims=True) + c["rms_norm_eps"]) * w[name + ".weight"]

    def lin(name, x):
        return x @ w[name + ".weight"].T + w.get(name + ".bias", 0)

    heads, kv = c["num_attention_heads"], c.get("num_key_value_heads", c["num_attention_heads"])
    size = c.get("head_dim") or c["hidden_size"] // heads
    angles = np.outer(np.arange(len(ids)), frequencies(c, size))
    x = w["model.embed_tokens.weight"][ids]
    for i in range(c["num_hidden_layers"]):
        at = f"model.layers.{i}."
        y = rms(at + "input_layernorm", x)
        q, k, v = (lin(at + f"self_attn.{n}_proj", y) for n in "qkv")
        a = attention(rotate(q, heads, angles), rotate(k, kv, angles), v, heads, kv, causal=True)
        x = x + lin(at + "self_attn.o_proj", a)
        y = rms(at + "post_attention_layernorm", x)
        gate = activation(c.get("hidden_act", "silu"), lin(at + "mlp.gate_proj", y))
        x = x + lin(at + "mlp.down_proj", gate * lin(at + "mlp.up_proj", y))
    return rms("model.norm", x)


def hidden(c, w, ids):
    return (gpt2 if c["model_type"] == "gpt2" else llama)(c, w, ids)


def classes(c, w, ids):
    return hidden(c, w, ids)[-1] @ w["score.weight"].T


def words(c, w, ids):
    """Logits of the next token at every position."""
    table = "transformer.wte.weight" if c["model_type"] == "gpt2" else "model.embed_tokens.weight"
    return hidden(c, w, ids) @ w.get("lm_head.weight", w[table]).T
