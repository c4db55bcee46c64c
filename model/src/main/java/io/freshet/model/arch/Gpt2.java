package io.freshet.model.arch;

import io.freshet.model.Objective;
import io.freshet.model.config.ModelConfig;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** GPT-2 (Radford et al., 2019): the next token over its word embeddings, classification over the last token. */
final class Gpt2 implements Family {

    private static final Pattern BUFFER = Pattern.compile("transformer\\.h\\.\\d+\\.attn\\.(masked_)?bias");

    @Override
    public String modelType() {
        return "gpt2";
    }

    @Override
    public String prefix() {
        return "transformer.";
    }

    @Override
    public String bareClass() {
        return "GPT2Model";
    }

    @Override
    public Map<Objective, String> classes() {
        return Map.of(
                Objective.CLASSIFICATION, "GPT2ForSequenceClassification", Objective.CAUSAL_LM, "GPT2LMHeadModel");
    }

    @Override
    public String headWeight() {
        return "score.weight";
    }

    @Override
    public String wordTable() {
        return "transformer.wte.weight";
    }

    @Override
    public String headTable() {
        return "lm_head.weight";
    }

    @Override
    public boolean isOfHead(String name) {
        return name.startsWith("lm_head.")
                || name.startsWith("score.")
                || name.startsWith("classifier.")
                || name.startsWith("qa_outputs.")
                || name.startsWith("multiple_choice_head.");
    }

    @Override
    public boolean isBuffer(String name) {
        return BUFFER.matcher(name).matches();
    }

    @Override
    public List<String> adapterTargets() {
        return List.of("c_attn");
    }

    @Override
    public int maxPositions(ModelConfig config) {
        return config.count("n_positions", 1024);
    }

    @Override
    public int vocabulary(ModelConfig config) {
        return config.count("vocab_size");
    }

    @Override
    public ModelProgram program(ModelConfig config, Blueprint blueprint) {
        if (config.flag("add_cross_attention", false)) {
            throw config.fault("add_cross_attention", "supported; this family reads one text");
        }
        Layers layers = new Layers(blueprint);
        long width = config.count("n_embd");
        String words = layers.embedding("transformer.wte", vocabulary(config), width, "ids", -1);
        String positions = layers.positionsFromStart("transformer.wpe", maxPositions(config), width);
        String x = layers.dropout(layers.compute(layers.add(words, positions)), config.probability("embd_pdrop", 0.1));
        layers.output(x);
        long heads = config.heads("n_head", width);
        CausalAttention attention = new CausalAttention(layers, heads, heads, width / heads, null);
        int count = config.count("n_layer");
        for (int i = 0; i < count; i++) {
            x = block(layers, config, attention, i, x);
            if (i < count - 1) {
                layers.output(x);
            }
        }
        layers.output(layers.norm(x, "transformer.ln_f", width, eps(config)));
        x = layers.beginHead();
        layers.endHead(
                blueprint.objective() == Objective.CAUSAL_LM
                        ? predictions(layers, config, x, width)
                        : layers.classifier(layers.lastToken(x), "score", width, false));
        return ModelProgram.of(layers, blueprint);
    }

    private String predictions(Layers layers, ModelConfig config, String x, long width) {
        return layers.words(
                x, config.flag("tie_word_embeddings", true) ? wordTable() : headTable(), "", vocabulary(config), width);
    }

    private static String block(Layers layers, ModelConfig config, CausalAttention attention, int layer, String x) {
        String at = "transformer.h." + layer + ".";
        long width = config.count("n_embd");
        double dropout = config.probability("resid_pdrop", 0.1);
        String normal = layers.norm(x, at + "ln_1", width, eps(config));
        String[] qkv = layers.thirds(layers.conv(normal, at + "attn.c_attn", width, 3 * width));
        String attended = attention.attend(
                layers.scale(qkv[0], scale(config, layer, width)),
                qkv[1],
                qkv[2],
                config.probability("attn_pdrop", 0.1));
        x = layers.add(x, layers.dropout(layers.conv(attended, at + "attn.c_proj", width, width), dropout));
        normal = layers.norm(x, at + "ln_2", width, eps(config));
        long inner = config.count("n_inner", Math.toIntExact(4 * width));
        String fed = layers.activation(
                layers.conv(normal, at + "mlp.c_fc", width, inner),
                Activation.of(config, "activation_function", "gelu_new"));
        return layers.add(x, layers.dropout(layers.conv(fed, at + "mlp.c_proj", inner, width), dropout));
    }

    /** What attention's usual factor, the inverse root of a head's width, is multiplied by. */
    private static double scale(ModelConfig config, int layer, long width) {
        double scale =
                config.flag("scale_attn_weights", true) ? 1 : Math.sqrt((double) width / config.heads("n_head", width));
        return config.flag("scale_attn_by_inverse_layer_idx", false) ? scale / (layer + 1) : scale;
    }

    private static double eps(ModelConfig config) {
        return config.number("layer_norm_epsilon", 1e-5);
    }
}
