package io.freshet.model.arch;

import io.freshet.model.Objective;
import io.freshet.model.config.ModelConfig;
import java.util.List;
import java.util.Map;

/** DistilBERT (Sanh et al., 2019): no token types, no pooler; a hidden layer of their own in both heads. */
final class DistilBert implements Family {

    private static final double EPS = 1e-12;

    @Override
    public String modelType() {
        return "distilbert";
    }

    @Override
    public String prefix() {
        return "distilbert.";
    }

    @Override
    public String bareClass() {
        return "DistilBertModel";
    }

    @Override
    public Map<Objective, String> classes() {
        return Map.of(
                Objective.CLASSIFICATION,
                "DistilBertForSequenceClassification",
                Objective.MASKED_LM,
                "DistilBertForMaskedLM");
    }

    @Override
    public String headWeight() {
        return "classifier.weight";
    }

    @Override
    public String wordTable() {
        return "distilbert.embeddings.word_embeddings.weight";
    }

    @Override
    public String headTable() {
        return "vocab_projector.weight";
    }

    @Override
    public boolean isOfHead(String name) {
        return name.startsWith("vocab_transform.")
                || name.startsWith("vocab_layer_norm.")
                || name.startsWith("vocab_projector.")
                || name.startsWith("pre_classifier.")
                || name.startsWith("classifier.")
                || name.startsWith("qa_outputs.");
    }

    @Override
    public boolean isBuffer(String name) {
        return name.equals("distilbert.embeddings.position_ids");
    }

    @Override
    public List<String> adapterTargets() {
        return List.of("q_lin", "v_lin");
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
        Layers layers = new Layers(blueprint);
        long width = config.count("dim");
        double dropout = config.probability("dropout", 0.1);
        String at = "distilbert.embeddings.";
        String words = layers.embedding(at + "word_embeddings", vocabulary(config), width, "ids", config.padding());
        String positions = layers.positions(at + "position_embeddings", maxPositions(config), width);
        String x = layers.norm(layers.compute(layers.add(words, positions)), at + "LayerNorm", width, EPS);
        x = layers.dropout(x, dropout);
        layers.output(x);
        String mask = layers.mask();
        for (int i = 0; i < config.count("n_layers"); i++) {
            x = block(layers, config, "distilbert.transformer.layer." + i + ".", x, mask);
            layers.output(x);
        }
        x = layers.beginHead();
        layers.endHead(
                blueprint.objective() == Objective.MASKED_LM
                        ? predictions(layers, config, x, width)
                        : classification(layers, config, x, width));
        return ModelProgram.of(layers, blueprint);
    }

    private static String classification(Layers layers, ModelConfig config, String x, long width) {
        String hidden = layers.headLinear(layers.firstToken(x), "pre_classifier", width, width);
        hidden = layers.activation(hidden, Activation.RELU);
        hidden = layers.dropout(hidden, config.probability("seq_classif_dropout", 0.2));
        return layers.classifier(hidden, "classifier", width);
    }

    private String predictions(Layers layers, ModelConfig config, String x, long width) {
        String hidden = layers.linear(x, "vocab_transform", width, width);
        hidden = layers.norm(
                layers.activation(hidden, Activation.of(config, "activation")), "vocab_layer_norm", width, EPS);
        return layers.words(
                hidden,
                config.flag("tie_word_embeddings", true) ? wordTable() : headTable(),
                "vocab_projector.bias",
                vocabulary(config),
                width);
    }

    private static String block(Layers layers, ModelConfig config, String at, String x, String mask) {
        long width = config.count("dim");
        String attended = layers.attention(
                layers.linear(x, at + "attention.q_lin", width, width),
                layers.linear(x, at + "attention.k_lin", width, width),
                layers.linear(x, at + "attention.v_lin", width, width),
                mask,
                config.heads("n_heads", width),
                width,
                config.probability("attention_dropout", 0.1));
        String projected = layers.linear(attended, at + "attention.out_lin", width, width);
        String y = layers.norm(layers.add(projected, x), at + "sa_layer_norm", width, EPS);
        String fed = layers.feedForward(
                y,
                at + "ffn.lin1",
                at + "ffn.lin2",
                width,
                config.count("hidden_dim"),
                Activation.of(config, "activation"));
        fed = layers.dropout(fed, config.probability("dropout", 0.1));
        return layers.norm(layers.add(fed, y), at + "output_layer_norm", width, EPS);
    }
}
