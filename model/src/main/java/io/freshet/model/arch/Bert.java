package io.freshet.model.arch;

import io.freshet.model.Objective;
import io.freshet.model.config.ModelConfig;
import java.util.Map;

/** BERT (Devlin et al., 2019): classification over its pooled first token, masked tokens over its word embeddings. */
final class Bert implements Family {

    @Override
    public String modelType() {
        return "bert";
    }

    @Override
    public String prefix() {
        return "bert.";
    }

    @Override
    public String bareClass() {
        return "BertModel";
    }

    @Override
    public Map<Objective, String> classes() {
        return Map.of(
                Objective.CLASSIFICATION, "BertForSequenceClassification", Objective.MASKED_LM, "BertForMaskedLM");
    }

    @Override
    public String headWeight() {
        return "classifier.weight";
    }

    @Override
    public String wordTable() {
        return "bert.embeddings.word_embeddings.weight";
    }

    @Override
    public String headTable() {
        return "cls.predictions.decoder.weight";
    }

    @Override
    public boolean isOfHead(String name) {
        return name.startsWith("cls.")
                || name.startsWith("classifier.")
                || name.startsWith("qa_outputs.")
                || name.startsWith("bert.pooler.");
    }

    @Override
    public boolean isBuffer(String name) {
        return name.equals("bert.embeddings.position_ids") || name.equals("bert.embeddings.token_type_ids");
    }

    @Override
    public int maxPositions(ModelConfig config) {
        return config.count("max_position_embeddings");
    }

    @Override
    public int vocabulary(ModelConfig config) {
        return config.count("vocab_size");
    }

    @Override
    public ModelProgram program(ModelConfig config, Blueprint blueprint) {
        requireEncoder(config);
        Layers layers = new Layers(blueprint);
        long width = config.count("hidden_size");
        String x = embeddings(layers, config, width);
        blocks(layers, config, "bert.encoder.layer.", x);
        x = layers.beginHead();
        layers.endHead(
                blueprint.objective() == Objective.MASKED_LM
                        ? predictions(layers, config, x, width)
                        : classification(layers, config, x, width));
        return ModelProgram.of(layers, blueprint);
    }

    private static String classification(Layers layers, ModelConfig config, String x, long width) {
        String pooled = layers.activation(
                layers.linear(layers.firstToken(x), "bert.pooler.dense", width, width), Activation.TANH);
        double dropout = config.probability("hidden_dropout_prob", 0.1);
        pooled = layers.dropout(pooled, config.probability("classifier_dropout", dropout));
        return layers.classifier(pooled, "classifier", width);
    }

    private String predictions(Layers layers, ModelConfig config, String x, long width) {
        String at = "cls.predictions.";
        String y = layers.activation(
                layers.linear(x, at + "transform.dense", width, width), Activation.of(config, "hidden_act"));
        y = layers.norm(y, at + "transform.LayerNorm", width, eps(config));
        return layers.words(
                y,
                config.flag("tie_word_embeddings", true) ? wordTable() : headTable(),
                at + "bias",
                vocabulary(config),
                width);
    }

    private String embeddings(Layers layers, ModelConfig config, long width) {
        String at = "bert.embeddings.";
        String words = layers.embedding(at + "word_embeddings", vocabulary(config), width, "ids", config.padding());
        String types =
                layers.embedding(at + "token_type_embeddings", config.count("type_vocab_size", 2), width, "types", -1);
        String positions = layers.positions(at + "position_embeddings", maxPositions(config), width);
        return embedded(layers, config, at + "LayerNorm", layers.add(layers.add(words, types), positions));
    }

    /** Checks that the whole text is read, in the order of learned positions. */
    static void requireEncoder(ModelConfig config) {
        if (!config.text("position_embedding_type", "absolute").equals("absolute")) {
            throw config.fault("position_embedding_type", "supported; absolute is");
        }
        if (config.flag("is_decoder", false)) {
            throw config.fault("is_decoder", "supported; this family reads the whole text");
        }
    }

    /** Writes what follows the sum of the embeddings. */
    static String embedded(Layers layers, ModelConfig config, String norm, String sum) {
        return layers.dropout(
                layers.norm(layers.compute(sum), norm, config.count("hidden_size"), eps(config)),
                config.probability("hidden_dropout_prob", 0.1));
    }

    /** Writes the blocks, {@code at} which their numbers follow, and notes their outputs and {@code x}. */
    static void blocks(Layers layers, ModelConfig config, String at, String x) {
        layers.output(x);
        String mask = layers.mask();
        for (int i = 0; i < config.count("num_hidden_layers"); i++) {
            x = block(layers, config, at + i + ".", x, mask);
            layers.output(x);
        }
    }

    private static String block(Layers layers, ModelConfig config, String at, String x, String mask) {
        long width = config.count("hidden_size");
        double dropout = config.probability("hidden_dropout_prob", 0.1);
        String attended = layers.attention(
                layers.linear(x, at + "attention.self.query", width, width),
                layers.linear(x, at + "attention.self.key", width, width),
                layers.linear(x, at + "attention.self.value", width, width),
                mask,
                config.heads("num_attention_heads", width),
                width,
                config.probability("attention_probs_dropout_prob", 0.1));
        String projected =
                layers.dropout(layers.linear(attended, at + "attention.output.dense", width, width), dropout);
        String y = layers.norm(layers.add(projected, x), at + "attention.output.LayerNorm", width, eps(config));
        String fed = layers.feedForward(
                y,
                at + "intermediate.dense",
                at + "output.dense",
                width,
                config.count("intermediate_size"),
                Activation.of(config, "hidden_act"));
        return layers.norm(layers.add(layers.dropout(fed, dropout), y), at + "output.LayerNorm", width, eps(config));
    }

    static double eps(ModelConfig config) {
        return config.number("layer_norm_eps", 1e-12);
    }
}
