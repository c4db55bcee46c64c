package io.freshet.model.arch;

import io.freshet.model.tensor.TensorShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the forward pass of a network as TorchScript, one statement a layer, and notes the weights it uses.
 *
 * <p>Every method takes and returns names of tensors in the text. The inputs are {@code ids} and {@code types}, int64 of
 * shape (batch, tokens), {@code present}, bool of the same shape, false at padding, and the flag {@code dropout}.
 */
final class Layers {

    private final StringBuilder text = new StringBuilder();
    private final List<WeightSpec> weights = new ArrayList<>();
    private int names;

    /** Returns the statements written so far. */
    String text() {
        return text.toString();
    }

    List<WeightSpec> weights() {
        return List.copyOf(weights);
    }

    /** Writes {@code expression} into a new name. */
    String assign(String expression) {
        String name = "t" + names++;
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

    String add(String x, String y) {
        return assign("torch.add(%s, %s)".formatted(x, y));
    }

    /** Normalises the last extent, of size {@code width}, to mean 0 and variance 1, then scales and shifts it. */
    String norm(String x, String name, long width, double eps) {
        TensorShape shape = TensorShape.of(width);
        String scale = weight(name + ".weight", shape, Initial.ONE, -1, false);
        String shift = weight(name + ".bias", shape, Initial.ZERO, -1, false);
        return assign("torch.layer_norm(%s, [%d], %s, %s, %s)".formatted(x, width, scale, shift, number(eps)));
    }

    /** Multiplies the last extent, of size {@code in}, by a matrix of {@code out} rows and adds a bias. */
    String linear(String x, String name, long in, long out) {
        String matrix = weight(name + ".weight", TensorShape.of(out, in), Initial.NORMAL, -1, true);
        String bias = weight(name + ".bias", TensorShape.of(out), Initial.ZERO, -1, false);
        return assign("torch.linear(%s, %s, %s)".formatted(x, matrix, bias));
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
     * Scaled dot-product attention over several heads (Vaswani et al., "Attention is all you need", section 3.2).
     *
     * @param q queries, shape (batch, tokens, heads * size); {@code k} and {@code v} alike
     * @param mask see {@link #mask}
     * @param probability dropout of the attention weights
     * @return shape (batch, tokens, heads * size)
     */
    String attention(String q, String k, String v, String mask, long heads, long width, double probability) {
        String rate = assign("torch.mul(%s, int(dropout))".formatted(number(probability)));
        String attended = assign("torch.scaled_dot_product_attention(%s, %s, %s, %s, %s)"
                .formatted(split(q, heads, width), split(k, heads, width), split(v, heads, width), mask, rate));
        return assign("torch.reshape(torch.transpose(%s, 1, 2), [torch.size(%s, 0), torch.size(%s, 1), %d])"
                .formatted(attended, q, q, width));
    }

    private String split(String x, long heads, long width) {
        return assign("torch.transpose(torch.view(%s, [torch.size(%s, 0), torch.size(%s, 1), %d, %d]), 1, 2)"
                .formatted(x, x, x, heads, width / heads));
    }

    /** Two linear layers with an activation between: {@code width} to {@code inner} and back. */
    String feedForward(String x, String up, String down, long width, long inner, Activation function) {
        return linear(activation(linear(x, up, width, inner), function), down, inner, width);
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
        weights.add(new WeightSpec(name + ".weight", TensorShape.of(0, in), Initial.NORMAL, -1, true, true, true));
        weights.add(new WeightSpec(name + ".bias", TensorShape.of(0), Initial.ZERO, -1, false, true, true));
        return assign("torch.linear(%s, %s, %s)".formatted(x, variable(name + ".weight"), variable(name + ".bias")));
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
    private static String number(double value) {
        return Double.toString(value).replace("E", "e");
    }
}
