package io.freshet.model.arch;

import io.freshet.model.Objective;
import io.freshet.model.config.ModelConfig;
import java.util.Map;

/** RoBERTa (Liu et al., 2019): BERT's blocks with positions counted from behind the padding's id, and heads of its own. */
final class Roberta implements Family {

    @Override
    public String modelType() {
        return "roberta";
    }

    @Override
    public String prefix() {
        return "roberta.";
    }

    @Override
    public String bareClass() {
        return "RobertaModel";
    }

    @Override
    public Map<Objective, String> classes() {
        return Map.of(
                Objective.CLASSIFICATION,
                "RobertaForSequenceClassification",
                Objective.MASKED_LM,
                "RobertaForMaskedLM");
    }

    @Override
    public String headWeight() {
        return "classifier.out_proj.weight";
    }

    @Override
    public String wordTable() {
        return "roberta.embeddings.word_embeddings.weight";
    }

    @Override
    public String headTable() {
        return "lm_head.decoder.weight";
    }

    @Override
    public boolean isOfHead(String name) {
        return name.startsWith("lm_head.")
                || name.startsWith("classifier.")
                || name.startsWith("qa_outputs.")
                || name.startsWith("roberta.pooler.");
    }

    @Override
    public boolean isBuffer(String name) {
        return name.equals("roberta.embeddings.position_ids") || name.equals("roberta.embeddings.token_type_ids");
    }

    /** Positions are rows of the table from {@code pad_token_id + 1} on. */
    @Override
    public int maxPositions(ModelConfig config) {
        int positions = config.count("max_position_embeddings") - padding(config) - 1;
        if (positions < 1) {
            throw config.fault("max_position_embeddings", "above pad_token_id + 1 = " + (padding(config) + 1));
        }
        return positions;
    }

    @Override
    public int vocabulary(ModelConfig config) {
        return config.count("vocab_size");
    }

    @Override
    public ModelProgram program(ModelConfig config, Blueprint blueprint) {
        Bert.requireEncoder(config);
        Layers layers = new Layers(blueprint);
        long width = config.count("hidden_size");
        Bert.blocks(layers, config, "roberta.encoder.layer.", embeddings(layers, config, width));
        String x = layers.beginHead();
        layers.endHead(
                blueprint.objective() == Objective.MASKED_LM
                        ? predictions(layers, config, x, width)
                        : classification(layers, config, x, width));
        return ModelProgram.of(layers, blueprint);
    }

    private String embeddings(Layers layers, ModelConfig config, long width) {
        String at = "roberta.embeddings.";
        int padding = padding(config);
        String words = layers.embedding(at + "word_embeddings", vocabulary(config), width, "ids", padding);
        // transformers gives every token the first type, whatever the tokenizer says
        String type = layers.commonRow(at + "token_type_embeddings", config.count("type_vocab_size", 2), width);
        long rows = config.count("max_position_embeddings");
        String positions =
                layers.embedding(at + "position_embeddings", rows, width, layers.countPresent(padding), padding);
        return Bert.embedded(layers, config, at + "LayerNorm", layers.add(layers.add(words, type), positions));
    }

    private static String classification(Layers layers, ModelConfig config, String x, long width) {
        double dropout = config.probability("classifier_dropout", config.probability("hidden_dropout_prob", 0.1));
        String hidden = layers.dropout(layers.firstToken(x), dropout);
        hidden = layers.activation(layers.headLinear(hidden, "classifier.dense", width, width), Activation.TANH);
        return layers.classifier(layers.dropout(hidden, dropout), "classifier.out_proj", width);
    }

    private String predictions(Layers layers, ModelConfig config, String x, long width) {
        String hidden = layers.activation(layers.linear(x, "lm_head.dense", width, width), Activation.GELU);
        hidden = layers.norm(hidden, "lm_head.layer_norm", width, Bert.eps(config));
        return layers.words(
                hidden,
                config.flag("tie_word_embeddings", true) ? wordTable() : headTable(),
                "lm_head.bias",
                vocabulary(config),
                width);
    }

    private static int padding(ModelConfig config) {
        int padding = config.padding();
        return padding < 0 ? 1 : padding;
    }
}
