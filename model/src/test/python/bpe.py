"""Byte-pair encoding as the tokenizer.json of a Llama says, for texts of characters that it knows."""


def encode(tokenizer, text):
    """Byte-pair encoding of a text of known characters: a space before it, then merges by rank."""
    ranks = {tuple(m): i for i, m in enumerate(tokenizer["model"]["merges"])}
    pieces = list(("▁" + text).replace(" ", "▁"))
    while True:
        pairs = [(ranks.get((a, b), len(ranks)), i) for i, (a, b) in enumerate(zip(pieces, pieces[1:]))]
        rank, i = min(pairs, default=(len(ranks), 0))
        if rank == len(ranks):
            return [tokenizer["model"]["vocab"][p] for p in pieces]
        pieces[i:i + 2] = [pieces[i] + pieces[i + 1]]


def decode(tokenizer, ids):
    names = {v: k for k, v in tokenizer["model"]["vocab"].items()}
    text = ""
    for i in ids:
        name = names[i]
        text += chr(int(name[3:5], 16)) if name.startswith("<0x") else name.replace("▁", " ")
    return text
