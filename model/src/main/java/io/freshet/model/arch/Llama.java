package io.freshet.model.arch;

import io.freshet.model.Objective;
import io.freshet.model.config.ModelConfig;
import java.util.List;
import java.util.Map;

/** Llama (Touvron et al., 2023): the next token over a head of its own or its word embeddings, classes over the last. */
final class Llama implements Family {

    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public String bareClass() {
        return "LlamaModel";
    }

    @Override
    public Map<Objective, String> classes() {
        return Map.of(
                Objective.CLASSIFICATION, "LlamaForSequenceClassification", Objective.CAUSAL_LM, "LlamaForCausalLM");
    }

    @Override
    public String headWeight() {
        return "score.weight";
    }

    @Override
    public String wordTable() {
        return "model.embed_tokens.weight";
    }

    @Override
    public String headTable() {
        return "lm_head.weight";
    }

    @Override
    public boolean isOfHead(String name) {
        return name.startsWith("lm_head.") || name.startsWith("score.") || name.startsWith("qa_outputs.");
    }

    @Override
    public boolean isBuffer(String name) {
        return name.endsWith("rotary_emb.inv_freq");
    }

    @Override
    public List<String> adapterTargets() {
        return List.of("q_proj", "v_proj");
    }

    @Override
    public int maxPositions(ModelConfig config) {
        return config.count("max_position_embeddings", 2048);
    }

    @Override
    public int vocabulary(ModelConfig config) {
        return config.count("vocab_size");
    }

    @Override
    public ModelProgram program(ModelConfig config, Blueprint blueprint) {
        Layers layers = new Layers(blueprint);
        long width = config.count("hidden_size");
        String x = layers.compute(
                layers.embedding("model.embed_tokens", vocabulary(config), width, "ids", config.padding()));
        layers.output(x);
        LlamaHeads heads = LlamaHeads.of(config, width);
        CausalAttention attention =
                new CausalAttention(layers, heads.queries(), heads.keys(), heads.size(), Rope.of(config, heads.size()));
        int count = config.count("num_hidden_layers");
        for (int i = 0; i < count; i++) {
            x = block(layers, config, attention, heads, "model.layers." + i + ".", x);
            if (i < count - 1) {
                layers.output(x);
            }
        }
        layers.output(layers.rmsNorm(x, "model.norm", width, eps(config)));
        x = layers.beginHead();
        layers.endHead(
                blueprint.objective() == Objective.CAUSAL_LM
                        ? predictions(layers, config, x, width)
                        : layers.classifier(layers.lastToken(x), "score", width, false));
        return ModelProgram.of(layers, blueprint);
    }

    private String predictions(Layers layers, ModelConfig config, String x, long width) {
        return layers.words(
                x,
                config.flag("tie_word_embeddings", false) ? wordTable() : headTable(),
                "",
                vocabulary(config),
                width);
    }

    private static String block(
            Layers layers, ModelConfig config, CausalAttention attention, LlamaHeads heads, String at, String x) {
        long width = config.count("hidden_size");
        long queries = heads.queries() * heads.size();
        long keys = heads.keys() * heads.size();
        boolean biased = config.flag("attention_bias", false);
        String normal = layers.rmsNorm(x, at + "input_layernorm", width, eps(config));
        String attended = attention.attend(
                layers.linear(normal, at + "self_attn.q_proj", width, queries, biased),
                layers.linear(normal, at + "self_attn.k_proj", width, keys, biased),
                layers.linear(normal, at + "self_attn.v_proj", width, keys, biased),
                config.probability("attention_dropout", 0));
        x = layers.add(x, layers.linear(attended, at + "self_attn.o_proj", queries, width, biased));
        normal = layers.rmsNorm(x, at + "post_attention_layernorm", width, eps(config));
        String fed = layers.gatedFeedForward(
                normal,
                at + "mlp.",
                width,
                config.count("intermediate_size"),
                config.flag("mlp_bias", false),
                Activation.of(config, "hidden_act", "silu"));
        return layers.add(x, fed);
    }

    private static double eps(ModelConfig config) {
        return config.number("rms_norm_eps", 1e-6);
    }

    /**
     * How attention is divided.
     *
     * @param queries heads of the queries, a multiple of {@code keys}
     * @param keys heads of the keys and the values
     * @param size width of a head, even
     */
    private record LlamaHeads(long queries, long keys, long size) {

        static LlamaHeads of(ModelConfig config, long width) {
            int queries = config.count("num_attention_heads");
            int keys = config.count("num_key_value_heads", queries);
            if (queries % keys != 0) {
                throw config.fault("num_key_value_heads", "a divisor of num_attention_heads = " + queries);
            }
            int size = config.count("head_dim", 0);
            if (size == 0) {
                size = Math.toIntExact(width / config.heads("num_attention_heads", width));
            }
            if (size % 2 != 0) {
                throw config.fault("head_dim", "even: the features of a head, here %d, turn in pairs".formatted(size));
            }
            return new LlamaHeads(queries, keys, size);
        }
    }
}
