package io.freshet.model.arch;

import org.jspecify.annotations.Nullable;

/**
 * Attention of every token to itself and those before it, with keys and values that several heads share where there are
 * fewer of them (Ainslie et al., "GQA", 2023), and with rotary positions where the family has them.
 */
final class CausalAttention {

    private final Layers layers;
    private final long heads;
    private final long groups;
    private final long size;
    private final String mask;
    private final String cos;
    private final String sin;

    /**
     * Writes what all layers share: the mask and the angles.
     *
     * @param heads number of heads of the queries, a multiple of {@code groups}
     * @param groups number of heads of the keys and the values
     * @param size width of a head
     */
    CausalAttention(Layers layers, long heads, long groups, long size, @Nullable Rope rope) {
        this.layers = layers;
        this.heads = heads;
        this.groups = groups;
        this.size = size;
        mask = layers.assign("(self).visible(present, start, )");
        String angles = rope == null ? "" : rope.angles(layers);
        cos = rope == null ? "" : layers.compute(layers.assign("torch.cos(%s)".formatted(angles)));
        sin = rope == null ? "" : layers.compute(layers.assign("torch.sin(%s)".formatted(angles)));
    }

    /**
     * Writes a layer.
     *
     * @param q shape (batch, tokens, heads * size); {@code k} and {@code v} of shape (batch, tokens, groups * size)
     * @param probability dropout of the attention weights
     * @return shape (batch, tokens, heads * size)
     */
    String attend(String q, String k, String v, double probability) {
        int place = layers.cache(groups, size);
        String keys = recalled(place, rotated(layers.split(k, groups, size)));
        String values = recalled(place + 1, layers.split(v, groups, size));
        return layers.attend(
                rotated(layers.split(q, heads, size)), repeated(keys), repeated(values), mask, probability);
    }

    private String rotated(String x) {
        return cos.isEmpty() ? x : layers.assign("(self).rotate(%s, %s, %s, )".formatted(x, cos, sin));
    }

    private String recalled(int place, String x) {
        return layers.assign("(self).recall(past, %d, %s, )".formatted(place, x));
    }

    private String repeated(String x) {
        return heads == groups
                ? x
                : layers.assign("torch.flatten(torch.expand(torch.unsqueeze(%s, 2), [-1, -1, %d, -1, -1]), 1, 2)"
                        .formatted(x, heads / groups));
    }
}
