"""The tiny models of the golden file: configurations, texts, and the names and shapes of the weights."""

TEXTS = [["hello"], ["set", "an", "alarm"], ["play", "some", "jazz", "please", "now"], []]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
         "hello", "set", "an", "alarm", "play", "some", "jazz", "please", "now"]

LABELS = {"id2label": {"0": "a", "1": "b", "2": "c"}}
BERT = {
    "model_type": "bert", "architectures": ["BertForSequenceClassification"], "vocab_size": len(WORDS),
    "hidden_size": 12, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 20,
    "max_position_embeddings": 10, "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
    "pad_token_id": 0}
ROBERTA = {
    **BERT, "model_type": "roberta", "architectures": ["RobertaForSequenceClassification"],
    "max_position_embeddings": 12, "type_vocab_size": 1, "layer_norm_eps": 1e-5, "pad_token_id": 1}
DISTILBERT = {
    "model_type": "distilbert", "architectures": ["DistilBertForSequenceClassification"], "vocab_size": len(WORDS),
    "dim": 12, "n_layers": 1, "n_heads": 2, "hidden_dim": 20, "max_position_embeddings": 10, "activation": "relu",
    "pad_token_id": 0}
GPT2 = {
    "model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "vocab_size": len(WORDS), "n_embd": 12, "n_layer": 2,
    "n_head": 3, "n_positions": 10, "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5}
LLAMA = {
    "model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": len(WORDS), "hidden_size": 12,
    "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 4,
    "intermediate_size": 20, "max_position_embeddings": 10, "hidden_act": "silu", "rms_norm_eps": 1e-5,
    "tie_word_embeddings": False}

CONFIGS = {
    "bert": {**BERT, **LABELS, "num_hidden_layers": 2, "num_attention_heads": 3},
    "bert-gelu-new": {**BERT, **LABELS, "hidden_act": "gelu_new", "layer_norm_eps": 1e-5},
    "bert-silu": {**BERT, **LABELS, "hidden_act": "silu"},
    "bert-masked-lm": {**BERT, "architectures": ["BertForMaskedLM"]},
    "roberta": {**ROBERTA, **LABELS, "num_hidden_layers": 2},
    "roberta-masked-lm": {**ROBERTA, "architectures": ["RobertaForMaskedLM"], "hidden_act": "relu"},
    "distilbert": {**DISTILBERT, **LABELS, "n_layers": 2, "n_heads": 3, "activation": "gelu"},
    "distilbert-relu": {**DISTILBERT, **LABELS},
    "distilbert-masked-lm": {**DISTILBERT, "architectures": ["DistilBertForMaskedLM"]},
    "gpt2": {**GPT2, "n_inner": 20, "scale_attn_by_inverse_layer_idx": True},
    "gpt2-classification": {**GPT2, **LABELS, "architectures": ["GPT2ForSequenceClassification"]},
    "llama": {**LLAMA, "rope_parameters": {"rope_theta": 500.0, "rope_type": "default"}},
    "llama-biases": {**LLAMA, "attention_bias": True, "mlp_bias": True, "tie_word_embeddings": True,
                     "rope_theta": 100.0, "rope_scaling": {"type": "linear", "factor": 4.0}},
    "llama-3": {**LLAMA, "rope_parameters": {
        "rope_type": "llama3", "rope_theta": 500000.0, "factor": 8.0, "low_freq_factor": 1.0,
        "high_freq_factor": 4.0, "original_max_position_embeddings": 16}},
    "llama-classification": {**LLAMA, **LABELS, "architectures": ["LlamaForSequenceClassification"]},
}


class Shapes(dict):
    """Names and shapes of weights."""

    def linear(self, name, inner, outer, bias=True):
        self[name + ".weight"] = (outer, inner)
        if bias:
            self[name + ".bias"] = (outer,)

    def conv(self, name, inner, outer):
        self[name + ".weight"], self[name + ".bias"] = (inner, outer), (outer,)

    def norm(self, name, width):
        self[name + ".weight"], self[name + ".bias"] = (width,), (width,)


def shapes(c):
    s = Shapes()
    {"gpt2": gpt2, "llama": llama, "distilbert": distilbert}.get(c["model_type"], bert)(s, c)
    return s


def bert(s, c):
    h, f, kind, at = c["hidden_size"], c["intermediate_size"], c["model_type"], c["model_type"] + ".embeddings."
    s[at + "word_embeddings.weight"] = (c["vocab_size"], h)
    s[at + "token_type_embeddings.weight"] = (c["type_vocab_size"], h)
    s[at + "position_embeddings.weight"] = (c["max_position_embeddings"], h)
    s.norm(at + "LayerNorm", h)
    for i in range(c["num_hidden_layers"]):
        at = f"{kind}.encoder.layer.{i}."
        for n in ("self.query", "self.key", "self.value", "output.dense"):
            s.linear(at + "attention." + n, h, h)
        s.norm(at + "attention.output.LayerNorm", h)
        s.linear(at + "intermediate.dense", h, f)
        s.linear(at + "output.dense", f, h)
        s.norm(at + "output.LayerNorm", h)
    if "id2label" not in c:
        at = "cls.predictions." if kind == "bert" else "lm_head."
        s.linear(at + ("transform.dense" if kind == "bert" else "dense"), h, h)
        s.norm(at + ("transform.LayerNorm" if kind == "bert" else "layer_norm"), h)
        s[at + "bias"] = (c["vocab_size"],)
    elif kind == "bert":
        s.linear("bert.pooler.dense", h, h)
        s.linear("classifier", h, len(c["id2label"]))
    else:
        s.linear("classifier.dense", h, h)
        s.linear("classifier.out_proj", h, len(c["id2label"]))


def distilbert(s, c):
    h, f, at = c["dim"], c["hidden_dim"], "distilbert.embeddings."
    s[at + "word_embeddings.weight"] = (c["vocab_size"], h)
    s[at + "position_embeddings.weight"] = (c["max_position_embeddings"], h)
    s.norm(at + "LayerNorm", h)
    for i in range(c["n_layers"]):
        at = f"distilbert.transformer.layer.{i}."
        for n in ("q_lin", "k_lin", "v_lin", "out_lin"):
            s.linear(at + "attention." + n, h, h)
        s.norm(at + "sa_layer_norm", h)
        s.linear(at + "ffn.lin1", h, f)
        s.linear(at + "ffn.lin2", f, h)
        s.norm(at + "output_layer_norm", h)
    if "id2label" in c:
        s.linear("pre_classifier", h, h)
        s.linear("classifier", h, len(c["id2label"]))
    else:
        s.linear("vocab_transform", h, h)
        s.norm("vocab_layer_norm", h)
        s["vocab_projector.bias"] = (c["vocab_size"],)


def gpt2(s, c):
    h, f = c["n_embd"], c.get("n_inner") or 4 * c["n_embd"]
    s["transformer.wte.weight"] = (c["vocab_size"], h)
    s["transformer.wpe.weight"] = (c["n_positions"], h)
    for i in range(c["n_layer"]):
        at = f"transformer.h.{i}."
        s.norm(at + "ln_1", h)
        s.conv(at + "attn.c_attn", h, 3 * h)
        s.conv(at + "attn.c_proj", h, h)
        s.norm(at + "ln_2", h)
        s.conv(at + "mlp.c_fc", h, f)
        s.conv(at + "mlp.c_proj", f, h)
    s.norm("transformer.ln_f", h)
    if "id2label" in c:
        s.linear("score", h, len(c["id2label"]), bias=False)


def llama(s, c):
    h, f, size = c["hidden_size"], c["intermediate_size"], c["head_dim"]
    s["model.embed_tokens.weight"] = (c["vocab_size"], h)
    for i in range(c["num_hidden_layers"]):
        at = f"model.layers.{i}."
        s[at + "input_layernorm.weight"] = s[at + "post_attention_layernorm.weight"] = (h,)
        biased = c.get("attention_bias", False)
        s.linear(at + "self_attn.q_proj", h, c["num_attention_heads"] * size, biased)
        s.linear(at + "self_attn.k_proj", h, c["num_key_value_heads"] * size, biased)
        s.linear(at + "self_attn.v_proj", h, c["num_key_value_heads"] * size, biased)
        s.linear(at + "self_attn.o_proj", c["num_attention_heads"] * size, h, biased)
        s.linear(at + "mlp.gate_proj", h, f, c.get("mlp_bias", False))
        s.linear(at + "mlp.up_proj", h, f, c.get("mlp_bias", False))
        s.linear(at + "mlp.down_proj", f, h, c.get("mlp_bias", False))
    s["model.norm.weight"] = (h,)
    if "id2label" in c:
        s.linear("score", h, len(c["id2label"]), bias=False)
    elif not c["tie_word_embeddings"]:
        s["lm_head.weight"] = (c["vocab_size"], h)
