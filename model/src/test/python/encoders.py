"""BERT, RoBERTa and DistilBERT in numpy, double precision: a text's logits."""
import numpy as np

from layers import activation, attention, linear, norm


def bert(c, w, ids):
    """Outputs of the last layer of BERT or RoBERTa: shape (tokens, width)."""
    eps, kind = c["layer_norm_eps"], c["model_type"]
    first = c["pad_token_id"] + 1 if kind == "roberta" else 0
    at = kind + ".embeddings."
    x = (w[at + "word_embeddings.weight"][ids] + w[at + "token_type_embeddings.weight"][0]
         + w[at + "position_embeddings.weight"][first:first + len(ids)])
    x = norm(w, at + "LayerNorm", x, eps)
    for i in range(c["num_hidden_layers"]):
        at = f"{kind}.encoder.layer.{i}."
        q, k, v = (linear(w, at + "attention.self." + n, x) for n in ("query", "key", "value"))
        a = linear(w, at + "attention.output.dense", attention(q, k, v, c["num_attention_heads"]))
        y = norm(w, at + "attention.output.LayerNorm", a + x, eps)
        f = linear(w, at + "output.dense", activation(c["hidden_act"], linear(w, at + "intermediate.dense", y)))
        x = norm(w, at + "output.LayerNorm", f + y, eps)
    return x


def distilbert(c, w, ids):
    """Outputs of the last layer: shape (tokens, width)."""
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
    return x


def classes(c, w, ids):
    kind = c["model_type"]
    first = (distilbert if kind == "distilbert" else bert)(c, w, ids)[0]
    if kind == "bert":
        return linear(w, "classifier", np.tanh(linear(w, "bert.pooler.dense", first)))
    if kind == "roberta":
        return linear(w, "classifier.out_proj", np.tanh(linear(w, "classifier.dense", first)))
    return linear(w, "classifier", np.maximum(linear(w, "pre_classifier", first), 0))


def words(c, w, ids):
    """Logits of masked-LM at every position: a hidden layer, then the table of words, whose weights are shared."""
    kind = c["model_type"]
    if kind == "bert":
        x = activation(c["hidden_act"], linear(w, "cls.predictions.transform.dense", bert(c, w, ids)))
        x = norm(w, "cls.predictions.transform.LayerNorm", x, c["layer_norm_eps"])
        bias = w["cls.predictions.bias"]
    elif kind == "roberta":
        x = activation("gelu", linear(w, "lm_head.dense", bert(c, w, ids)))
        x = norm(w, "lm_head.layer_norm", x, c["layer_norm_eps"])
        bias = w["lm_head.bias"]
    else:
        x = activation(c["activation"], linear(w, "vocab_transform", distilbert(c, w, ids)))
        x = norm(w, "vocab_layer_norm", x, 1e-12)
        bias = w["vocab_projector.bias"]
    return x @ w[kind + ".embeddings.word_embeddings.weight"].T + bias
