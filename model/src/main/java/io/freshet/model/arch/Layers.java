package io.freshet.model.arch;

import io.freshet.model.tensor.TensorShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the forward pass of a network as TorchScript, one statement a layer, and notes the weights it uses.
 *
 * <p>Every method takes and returns names of tensors in the text. The inputs are {@code ids} and {@code types}, int64 of
 * shape (batch, tokens), {@code present}, bool of the same shape, false at padding, and the flag {@code dropout}. Where
 * the blueprint asks for bfloat16, weights are cast where they are used; embeddings are looked up in float32.
 */
final class Layers {

    private final boolean bf16;
    private final Adapters adapters;
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder head = new StringBuilder();
    private final List<String> outputs = new ArrayList<>();
    private final List<WeightSpec> weights = new ArrayList<>();
    private final List<Integer> depths = new ArrayList<>();
    private final List<Linear> linears = new ArrayList<>();
    private final List<TensorShape> caches = new ArrayList<>();
    private final Set<String> cast = new HashSet<>();
    private StringBuilder text = body;
    private String logits = "";
    private int names;

    Layers(Blueprint blueprint) {
        bf16 = blueprint.bf16();
        adapters = blueprint.adapters();
    }

    /** Returns the statements that compute the outputs. */
    String body() {
        return body.toString();
    }

    /** Returns the statements that compute the logits from the last output. */
    String head() {
        return head.toString();
    }

    /** Returns the list of the outputs. */
    String outputs() {
        return "[" + String.join(", ", outputs) + "]";
    }

    String logits() {
        return logits;
    }

    List<WeightSpec> weights() {
        return List.copyOf(weights);
    }

    /** Returns the matrices that can have adapters. */
    List<Linear> linears() {
        return List.copyOf(linears);
    }

    /** Returns where each weight is used first: 0 in the embedding, i in the i-th layer, {@link ModelProgram#HEAD}. */
    List<Integer> depths() {
        noteDepths();
        int last = outputs.size() - 1; // a norm behind the last output belongs to the last layer
        return depths.stream()
                .map(depth -> depth == ModelProgram.HEAD ? depth : Math.min(depth, last))
                .toList();
    }

    private void noteDepths() {
        while (depths.size() < weights.size()) {
            depths.add(text == head ? ModelProgram.HEAD : outputs.size());
        }
    }

    /** Notes the output of the embedding or of a layer, shape (batch, tokens, width). */
    void output(String x) {
        noteDepths();
        outputs.add(x);
    }

    /**
     * Ends the body: what follows computes the logits.
     *
     * @return the last output, shape (batch, tokens, width); for a language model those of its rows that are to be
     *     predicted may come alone, shape (rows, width)
     */
    String beginHead() {
        noteDepths();
        text = head;
        cast.clear();
        return "x";
    }

    /** Ends the head: {@code x} are the logits. */
    void endHead(String x) {
        logits = bf16 ? assign("torch.to(%s, 6)".formatted(x)) : x;
    }

    /** Turns activations into what the network computes in. */
    String compute(String x) {
        return bf16 ? assign("torch.to(%s, 15)".formatted(x)) : x;
    }

    /** Returns a weight in what the network computes in. */
    private String computed(String weight) {
        if (!bf16) {
            return weight;
        }
        String name = "c" + weight;
        if (cast.add(weight)) {
            text.append("    %s = torch.to(%s, 15)\n".formatted(name, weight));
        }
        return name;
    }

    private String newName() {
        return "t" + names++;
    }

    /** Writes {@code expression} into a new name. */
    String assign(String expression) {
        String name = newName();
        text.append("    ").append(name).append(" = ").append(expression).append('\n');
        return name;
    }

    /**
     * Looks rows of a table up.
     *
     * @param padding row whose gradient is zero, or -1
     * @return shape (batch, tokens, width)
     */
    String embedding(String name, long rows, long width, String ids, int padding) {
        String table = weight(name + ".weight", TensorShape.of(rows, width), Initial.NORMAL, padding, true);
        return assign("torch.embedding(%s, %s, %d)".formatted(table, ids, padding));
    }

    /**
     * Takes the embeddings of positions 0, 1, … of a table of learned positions.
     *
     * @return shape (tokens, width)
     */
    String positions(String name, long rows, long width) {
        String table = weight(name + ".weight", TensorShape.of(rows, width), Initial.NORMAL, -1, true);
        return assign("torch.slice(%s, 0, 0, torch.size(ids, 1), 1)".formatted(table));
    }

    /**
     * Takes the embeddings of the positions that the program counts from {@code start}, see {@link #cache}.
     *
     * @return shape (tokens, width)
     */
    String positionsFromStart(String name, long rows, long width) {
        String table = weight(name + ".weight", TensorShape.of(rows, width), Initial.NORMAL, -1, true);
        return assign("torch.slice(%s, 0, start, torch.add(start, torch.size(ids, 1)), 1)".formatted(table));
    }

    /** Takes a row of a table that every token gets: shape (1, width). */
    String commonRow(String name, long rows, long width) {
        String table = weight(name + ".weight", TensorShape.of(rows, width), Initial.NORMAL, -1, true);
        return assign("torch.slice(%s, 0, 0, 1, 1)".formatted(table));
    }

    /**
     * Numbers the tokens of each text that are not padding from {@code padding + 1} on; padding has the number
     * {@code padding}.
     *
     * @return int64, shape (batch, tokens)
     */
    String countPresent(int padding) {
        String counted = assign("torch.mul(torch.cumsum(present, 1), present)");
        return assign("torch.add(%s, %d)".formatted(counted, padding));
    }

    /** Cuts the last extent into three. */
    String[] thirds(String x) {
        String[] names = {newName(), newName(), newName()};
        text.append("    ").append(String.join(", ", names)).append(" = torch.chunk(%s, 3, -1)\n".formatted(x));
        return names;
    }

    String scale(String x, double factor) {
        return factor == 1 ? x : assign("torch.mul(%s, %s)".formatted(x, number(factor)));
    }

    String add(String x, String y) {
        return assign("torch.add(%s, %s)".formatted(x, y));
    }

    /** Normalises the last extent, of size {@code width}, to mean 0 and variance 1, then scales and shifts it. */
    String norm(String x, String name, long width, double eps) {
        TensorShape shape = TensorShape.of(width);
        String scale = weight(name + ".weight", shape, Initial.ONE, -1, false);
        String shift = weight(name + ".bias", shape, Initial.ZERO, -1, false);
        return assign("torch.layer_norm(%s, [%d], %s, %s, %s)"
                .formatted(x, width, computed(scale), computed(shift), number(eps)));
    }

    /** Divides the last extent, of size {@code width}, by its root mean square, then scales it (Zhang and Sennrich, 2019). */
    String rmsNorm(String x, String name, long width, double eps) {
        String scale = weight(name + ".weight", TensorShape.of(width), Initial.ONE, -1, false);
        return assign("torch.rms_norm(%s, [%d], %s, %s)".formatted(x, width, computed(scale), number(eps)));
    }

    /** Multiplies the last extent, of size {@code in}, by a matrix of {@code out} rows and adds a bias. */
    String linear(String x, String name, long in, long out) {
        return linear(x, name, in, out, true);
    }

    /** As {@link #linear(String, String, long, long)}, with a bias only where {@code biased}. */
    String linear(String x, String name, long in, long out, boolean biased) {
        String matrix = weight(name + ".weight", TensorShape.of(out, in), Initial.NORMAL, -1, true);
        String bias = biased ? computed(weight(name + ".bias", TensorShape.of(out), Initial.ZERO, -1, false)) : "None";
        return adapted(
                assign("torch.linear(%s, %s, %s)".formatted(x, computed(matrix), bias)),
                x,
                new Linear(name, in, out, false));
    }

    /** A linear layer whose matrix is stored with {@code in} rows, as GPT-2 has them. */
    String conv(String x, String name, long in, long out) {
        String matrix = weight(name + ".weight", TensorShape.of(in, out), Initial.NORMAL, -1, true);
        String bias = weight(name + ".bias", TensorShape.of(out), Initial.ZERO, -1, false);
        return adapted(
                assign("torch.linear(%s, torch.t(%s), %s)".formatted(x, computed(matrix), computed(bias))),
                x,
                new Linear(name, in, out, true));
    }

    /**
     * Adds what the adapter of a matrix computes, where it has one (Hu et al., "LoRA", 2021, section 4.1).
     *
     * @param y what the matrix makes of {@code x}
     */
    private String adapted(String y, String x, Linear linear) {
        linears.add(linear);
        if (!adapters.modules().contains(linear.module())) {
            return y;
        }
        TensorShape inner = TensorShape.of(adapters.rank(), linear.in());
        TensorShape outer = TensorShape.of(linear.out(), adapters.rank());
        String a = weight(linear.module() + ".lora_A.weight", inner, Initial.FAN_IN, -1, true);
        String b = weight(linear.module() + ".lora_B.weight", outer, Initial.ZERO, -1, true);
        String low = assign("torch.linear(%s, %s, None)".formatted(dropout(x, adapters.dropout()), computed(a)));
        String high = assign("torch.linear(%s, %s, None)".formatted(low, computed(b)));
        return assign("torch.add(%s, %s, alpha=%s)".formatted(y, high, number(adapters.scale())));
    }

    /**
     * Multiplies by one row a word and adds a bias: logits over the vocabulary.
     *
     * @param matrix name of a weight: an embedding's table that is shared, or one of the head's own
     * @param bias name of the bias; empty for none
     */
    String words(String x, String matrix, String bias, long rows, long width) {
        if (weights.stream().noneMatch(weight -> weight.name().equals(matrix))) {
            weight(matrix, TensorShape.of(rows, width), Initial.NORMAL, -1, true);
        }
        String shift = bias.isEmpty() ? "None" : computed(weight(bias, TensorShape.of(rows), Initial.ZERO, -1, false));
        return assign("torch.linear(%s, %s, %s)".formatted(x, computed(variable(matrix)), shift));
    }

    String activation(String x, Activation function) {
        return assign(function.call(x));
    }

    String dropout(String x, double probability) {
        return probability == 0 ? x : assign("torch.dropout(%s, %s, dropout)".formatted(x, number(probability)));
    }

    /** Makes the mask that keeps attention off padding; bool, shape (batch, 1, 1, tokens), true where it may look. */
    String mask() {
        return assign("torch.unsqueeze(torch.unsqueeze(present, 1), 1)");
    }

    /**
     * Attention of every token to all that the mask shows.
     *
     * @param q queries, shape (batch, tokens, width); {@code k} and {@code v} alike
     * @param mask see {@link #mask}
     * @param probability dropout of the attention weights
     * @return shape (batch, tokens, width)
     */
    String attention(String q, String k, String v, String mask, long heads, long width, double probability) {
        long size = width / heads;
        return attend(split(q, heads, size), split(k, heads, size), split(v, heads, size), mask, probability);
    }

    /**
     * Scaled dot-product attention over several heads (Vaswani et al., "Attention is all you need", section 3.2).
     *
     * @param q queries, shape (batch, heads, tokens, size); {@code k} and {@code v} alike
     * @return shape (batch, tokens, heads * size)
     */
    String attend(String q, String k, String v, String mask, double probability) {
        String rate = probability == 0 ? "0." : assign("torch.mul(%s, int(dropout))".formatted(number(probability)));
        String attended =
                assign("torch.scaled_dot_product_attention(%s, %s, %s, %s, %s)".formatted(q, k, v, mask, rate));
        return assign("torch.flatten(torch.transpose(%s, 1, 2), 2, -1)".formatted(attended));
    }

    /** Cuts the last extent into heads: (batch, tokens, heads * size) to (batch, heads, tokens, size). */
    String split(String x, long heads, long size) {
        return assign("torch.transpose(torch.view(%s, [torch.size(%s, 0), torch.size(%s, 1), %d, %d]), 1, 2)"
                .formatted(x, x, x, heads, size));
    }

    /**
     * Announces a layer that can remember its keys and values, so that a text is continued without reading it again. The
     * program then has the list {@code past}, see {@link MemoryScript}, and {@code start}, the number of tokens
     * remembered.
     *
     * @param heads number of heads of the keys and the values
     * @param size width of each
     * @return the layer's place in the list: its keys, followed by its values
     */
    int cache(long heads, long size) {
        caches.add(TensorShape.of(1, heads, 0, size));
        caches.add(TensorShape.of(1, heads, 0, size));
        return caches.size() - 2;
    }

    /** Returns the shapes of keys and values before the first token. */
    List<TensorShape> caches() {
        return caches;
    }

    /** Two linear layers with an activation between: {@code width} to {@code inner} and back. */
    String feedForward(String x, String up, String down, long width, long inner, Activation function) {
        return linear(activation(linear(x, up, width, inner), function), down, inner, width);
    }

    /** As a feed-forward layer, with a gate beside it (Shazeer, "GLU variants improve transformer", 2020). */
    String gatedFeedForward(String x, String at, long width, long inner, boolean biased, Activation function) {
        String gate = activation(linear(x, at + "gate_proj", width, inner, biased), function);
        String up = linear(x, at + "up_proj", width, inner, biased);
        String gated = assign("torch.mul(%s, %s)".formatted(gate, up));
        return linear(gated, at + "down_proj", inner, width, biased);
    }

    /** Takes the last token of each text that is not padding: shape (batch, width). */
    String lastToken(String x) {
        String last = assign("torch.sub(torch.sum(present, [1], True), 1)");
        return assign("torch.squeeze(torch.take_along_dim(%s, torch.unsqueeze(%s, 2), 1), 1)".formatted(x, last));
    }

    /** Takes the first token of each text: shape (batch, width). */
    String firstToken(String x) {
        return assign("torch.select(%s, 1, 0)".formatted(x));
    }

    /** A linear layer of the classification head, which learns at the head's rate. */
    String headLinear(String x, String name, long in, long out) {
        int before = weights.size();
        String y = linear(x, name, in, out);
        weights.subList(before, weights.size()).replaceAll(WeightSpec::asHead);
        return y;
    }

    /** The last layer: one row a label. */
    String classifier(String x, String name, long in) {
        return classifier(x, name, in, true);
    }

    /** As {@link #classifier(String, String, long)}, with a bias only where {@code biased}. */
    String classifier(String x, String name, long in, boolean biased) {
        weights.add(new WeightSpec(name + ".weight", TensorShape.of(0, in), Initial.NORMAL, -1, true, true, true));
        String bias = "None";
        if (biased) {
            weights.add(new WeightSpec(name + ".bias", TensorShape.of(0), Initial.ZERO, -1, false, true, true));
            bias = computed(variable(name + ".bias"));
        }
        return assign("torch.linear(%s, %s, %s)".formatted(x, computed(variable(name + ".weight")), bias));
    }

    private String weight(String name, TensorShape shape, Initial initial, int zeroRow, boolean decays) {
        weights.add(new WeightSpec(name, shape, initial, zeroRow, decays, false, false));
        return variable(name);
    }

    /** Returns the name that the program gives to a weight. */
    static String variable(String weight) {
        return "w_" + weight.replace('.', '_');
    }

    /** Writes a number as Python does, with a point or an exponent, so that it is read as a float. */
    static String number(double value) {
        return Double.toString(value).replace("E", "e");
    }
}
